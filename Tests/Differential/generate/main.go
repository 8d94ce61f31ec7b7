// Command generate writes a Go program that sends values of types, and checks what others send.
//
//	generate -seed 1 -count 300 -out DIR    of so many random types
//	generate -vectors FILE.jsonl -out DIR   of the types of the vectors
//	generate -pairs -seed 1 -count 250 -out DIR   of pairs of a sent and a receiving type
//
// Recursive, embedded and named types cannot be made while a program runs, and so each set of types
// is a program of its own. What it does is in the package harness.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	log.SetFlags(0)
	seed := flag.Int64("seed", 1, "of the random types")
	count := flag.Int("count", 300, "how many types")
	vectors := flag.String("vectors", "", "take the types of this `FILE` instead")
	pairs := flag.Bool("pairs", false, "make pairs of types")
	out := flag.String("out", "", "write the program to `DIR`")
	flag.Parse()
	switch {
	case *pairs:
		write(*out, pairProgram(*seed, *count))
	case *vectors != "":
		write(*out, vectorProgram(*vectors))
	default:
		write(*out, randomProgram(*seed, *count))
	}
}

// A program is the source of one, as far as it is written.
type program struct {
	imports      []string
	declarations []string
	statements   []string // of main, which knows types, pairs and registry
}

// send has values of a type sent, and received.
func (p *program) send(name string, declarations []string, expression string) {
	p.statements = append(p.statements, fmt.Sprintf(
		"types = append(types, harness.Type{Name: %q, Declarations: %#v, Type: reflect.TypeOf((*%s)(nil)).Elem()})",
		name, declarations, expression,
	))
}

// register makes a type one that interfaces may hold.
func (p *program) register(expression string) {
	p.statements = append(p.statements, fmt.Sprintf(
		"registry.Register(reflect.TypeOf((*%s)(nil)).Elem())", expression,
	))
}

func (p *program) source() string {
	return `package main

import (
	"differential/harness"
	. "differential/opaque"
	"math/big"
	"net/netip"
	"net/url"
	"reflect"
	"time"` + imports(p.imports) + `
)

// What not every program needs.
type (
	_ time.Time
	_ big.Int
	_ url.URL
	_ netip.Addr
	_ GobInt
)

` + strings.Join(p.declarations, "\n") + `

func main() {
	var types []harness.Type
	var pairs []harness.Pair
	registry := harness.NewRegistry()
	` + strings.Join(p.statements, "\n\t") + `
	harness.Main(types, pairs, registry)
}
`
}

func imports(packages []string) string {
	text := ""
	for _, name := range packages {
		text += fmt.Sprintf("\n\t%q", name)
	}
	return text
}

// write makes the program's module, which finds this one where its source is.
func write(directory, source string) {
	_, file, _, _ := runtime.Caller(0)
	module := filepath.Dir(filepath.Dir(file))
	files := map[string]string{
		"main.go": source,
		"go.mod": "module program\n\ngo 1.19\n\nrequire differential v0.0.0\n\n" +
			"replace differential => " + module + "\n",
	}
	if err := os.MkdirAll(directory, 0o777); err != nil {
		log.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
