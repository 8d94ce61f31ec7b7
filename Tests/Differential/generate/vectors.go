package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"strings"
)

// written are the vectors' types of which a declaration does not say all: those with methods, with
// an alias, and those that only interfaces hold.
const written = `
type gobbed struct{ n int }

func (g gobbed) GobEncode() ([]byte, error) { return []byte(fmt.Sprintf("n=%d", g.n)), nil }

func (g *gobbed) GobDecode(data []byte) error {
	_, err := fmt.Sscanf(string(data), "n=%d", &g.n)
	return err
}

type binMarsh struct{ n uint16 }

func (b binMarsh) MarshalBinary() ([]byte, error) { return []byte{byte(b.n >> 8), byte(b.n)}, nil }

func (b *binMarsh) UnmarshalBinary(data []byte) error {
	if len(data) != 2 {
		return errors.New("no binMarsh")
	}
	b.n = uint16(data[0])<<8 | uint16(data[1])
	return nil
}

type textual struct{ Word string }

func (t textual) MarshalText() ([]byte, error) { return []byte("<" + t.Word + ">"), nil }

type ipLike struct{ A, B, C, D uint8 }

func (ip ipLike) MarshalText() ([]byte, error) { return []byte("ip"), nil }

type shape interface{ Area() float64 }

type square struct{ Side float64 }

func (s square) Area() float64 { return s.Side * s.Side }

type circle struct{ R float64 }

func (c circle) Area() float64 { return 3 * c.R * c.R }

type nested struct{ In any }

type Alias = Base

type derived struct{ Alias }
`

// vectorProgram knows the types of a file of vectors.
func vectorProgram(path string) string {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	p := &program{
		imports:      []string{"errors", "fmt"},
		declarations: []string{written},
		statements:   []string{`registry.RegisterName("short", reflect.TypeOf(person{}))`},
	}
	for _, text := range []string{
		"point", "myInt", "*list", "nested", "square", "circle", "[]any", "time.Time",
	} {
		p.register(text)
	}
	known := map[string]bool{}
	isNew := func(text string) bool {
		defer func() { known[text] = true }()
		return !known[text]
	}
	lines := bufio.NewScanner(file)
	for lines.Buffer(nil, 1<<24); lines.Scan(); {
		var vector struct{ Types, Decls []string }
		if err := json.Unmarshal(lines.Bytes(), &vector); err != nil {
			log.Fatal(err)
		}
		for _, declaration := range vector.Decls {
			name := strings.Fields(declaration)[1]
			if !strings.Contains(written, "\ntype "+name+" ") && isNew(declaration) {
				p.declarations = append(p.declarations, declaration)
			}
		}
		for _, text := range vector.Types {
			if isNew("type " + text) {
				p.send(text, nil, text)
			}
		}
	}
	return p.source()
}
