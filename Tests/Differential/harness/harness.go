// Package harness is what the generated programs have in common. A program has Go types, and
//
//	program emit SEED VALUES   writes streams of random values, a JSON object a line
//	program pairs SEED VALUES  writes random values of types that are sent to others, one a line
//	program foretold           reads what was foretold of those, and says where Go does otherwise
//	program check              reads streams made of those by others, a JSON object a line,
//	                           and says where Go decodes them to something else
//
// A line of emit is a test vector: the values as JSON (json), as a receiver has them who does not
// know the Go types (decoded), and the Go declarations (decls) of the types.
package harness

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"reflect"
	"strconv"
)

// A Type is one that values are sent of.
type Type struct {
	Name         string // as in Go source
	Declarations []string
	Type         reflect.Type
}

// Main is the whole program; types are those of the streams, by name.
func Main(types []Type, pairs []Pair, registry *Registry) {
	log.SetFlags(0)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	switch {
	case len(os.Args) == 4 && os.Args[1] == "emit":
		seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
		values, _ := strconv.Atoi(os.Args[3])
		emitter := newEmitter(types, registry, seed)
		emitter.run(values, func(v vector) { writeLine(output, v) })
		fmt.Fprintf(os.Stderr, "%d streams, %d values Go cannot send\n",
			emitter.sent, emitter.refused)
	case len(os.Args) == 2 && os.Args[1] == "check":
		input := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
		for input.More() {
			var s sample
			if err := input.Decode(&s); err != nil {
				log.Fatal(err)
			}
			if difference := s.check(types); difference != "" {
				writeLine(output, map[string]string{"name": s.Name, "difference": difference})
			}
		}
	case len(os.Args) == 4 && os.Args[1] == "pairs":
		seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
		values, _ := strconv.Atoi(os.Args[3])
		emitPairs(pairs, registry, seed, values, func(l pairLine) { writeLine(output, l) })
	case len(os.Args) == 2 && os.Args[1] == "foretold":
		input := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
		for input.More() {
			var f forecast
			if err := input.Decode(&f); err != nil {
				log.Fatal(err)
			}
			if difference := f.check(pairs[f.Pair], registry); difference != "" {
				writeLine(output, map[string]string{"name": f.Name, "difference": difference})
			}
		}
	default:
		log.Fatal("usage: program emit SEED VALUES | check | pairs SEED VALUES | foretold")
	}
}

func writeLine(output *bufio.Writer, line any) {
	if err := json.NewEncoder(output).Encode(line); err != nil {
		log.Fatal(err)
	}
}
