package main

import (
	"fmt"
	"math/rand"
	"regexp"
	"strings"
)

// groupSize is how many types may refer to each other, so that a type's declarations are not all.
const groupSize = 8

// heaviest is how many values a type may have that cannot be left out.
const heaviest = 60

// A named is a declared type.
type named struct {
	name         string
	declaration  string
	weight       int  // values that cannot be left out
	isComparable bool // may be a key
	isStruct     bool // may be embedded
	isPointer    bool // or an interface: may not be embedded, nor have methods
	hasEncoder   bool // an embedded type writes itself, and so does this one
}

// A generator makes types. A type refers by its value to earlier ones only, and through a pointer,
// a slice or a map to any of its group.
type generator struct {
	random *rand.Rand
	types  []named
	first  int // of the group
	last   int
}

// randomProgram has so many types; one in four is not declared.
func randomProgram(seed int64, count int) string {
	g := &generator{random: rand.New(rand.NewSource(seed))}
	p := &program{declarations: []string{"type Shape interface { Shape() }"}}
	for _, text := range []string{
		"GobStruct", "GobPointer", "GobInt", "BinarySlice", "BinaryPointer", "Text", "time.Time",
		"big.Int", "netip.Addr",
	} {
		p.send(text, g.declarations(text), text)
	}
	p.register("time.Time")
	p.register("*big.Int")
	p.register("GobStruct")
	p.register("*GobPointer")
	p.register("BinarySlice")
	p.register("[]any")
	p.register("map[string]any")
	declared := count * 3 / 4
	for i := 0; i < declared; i++ {
		g.first = i / groupSize * groupSize
		g.last = g.first + groupSize
		if g.last > declared {
			g.last = declared
		}
		g.declare(i)
	}
	for i, t := range g.types {
		p.declarations = append(p.declarations, t.declaration)
		p.send(t.name, g.declarations(t.name), t.name)
		switch {
		case g.one(3), t.isPointer:
		case g.one(3):
			p.register("*" + t.name)
		default:
			p.register(t.name)
		}
		if i%3 == 2 {
			g.first, g.last = i/groupSize*groupSize, i
			text := g.typ(0, true).text
			p.send(text, g.declarations(text), text)
			if g.one(3) {
				p.register(text)
			}
		}
	}
	return p.source()
}

// one is true once in n times.
func (g *generator) one(n int) bool { return g.random.Intn(n) == 0 }

func (g *generator) pick(texts ...string) string { return texts[g.random.Intn(len(texts))] }

// name of a type by its number, which does not depend on anything else: later types are referred
// to before they are made.
func name(i int) string {
	if i%5 == 4 {
		return fmt.Sprintf("t%d", i)
	}
	return fmt.Sprintf("T%d", i)
}

// declare makes the type of a number.
func (g *generator) declare(i int) {
	t := named{name: name(i)}
	switch g.random.Intn(10) {
	case 0:
		of := g.typ(0, false)
		// An interface, too, may not have methods, nor be embedded by a pointer.
		isInterface := of.text == "any" || of.text == "Shape"
		same := g.find(of.text)
		t.hasEncoder = same.hasEncoder
		t.isPointer = isInterface || strings.HasPrefix(of.text, "*") || same.isPointer
		if !isInterface && g.one(4) {
			t.isPointer, of = true, typ{"*" + of.text, of.weight, false}
		}
		t.define(of)
	case 1:
		t.define(typ{g.basic(), 1, true})
	case 2:
		t.define(typ{g.pick("[]", "map[string]", "map[int8]", "[]*", "[2][]") + name(i), 2, false})
	default:
		g.structure(&t, i)
	}
	if !t.isPointer && g.one(4) {
		t.declaration += fmt.Sprintf("\n\nfunc (%s) Shape() {}", t.name)
	}
	g.types = append(g.types, t)
}

func (t *named) define(of typ) {
	t.declaration = fmt.Sprintf("type %s %s", t.name, of.text)
	t.weight, t.isComparable = of.weight, of.isComparable
}

// structure makes the type a struct, with all that the fields of one may be.
func (g *generator) structure(t *named, i int) {
	t.isStruct, t.isComparable, t.weight = true, true, 1
	count := g.random.Intn(8)
	if g.one(40) {
		count = 70
	}
	var fields []string
	for n := 0; n < count; n++ {
		field := g.typ(0, true)
		if t.weight+field.weight > heaviest {
			field = typ{g.basic(), 1, true}
		}
		t.weight += field.weight
		t.isComparable = t.isComparable && field.isComparable
		fields = append(fields, g.fieldName(n)+" "+field.text)
	}
	if count > 0 {
		fields = append(fields, g.embedded(t, i)...)
		fields = append(fields, g.unsent(t)...)
	}
	g.random.Shuffle(len(fields), func(a, b int) { fields[a], fields[b] = fields[b], fields[a] })
	t.declaration = fmt.Sprintf("type %s struct { %s }", t.name, strings.Join(fields, "; "))
}

func (g *generator) fieldName(n int) string {
	return g.pick("F", "Field", "Ünï", "X_", "Ж") + fmt.Sprint(n)
}

// embedded are fields named by their type; one that writes itself makes the struct do so.
func (g *generator) embedded(t *named, i int) []string {
	var fields []string
	for j := g.first; j < i; j++ {
		of := g.types[j]
		switch {
		case !g.one(3 * groupSize), of.isPointer, t.weight+of.weight > heaviest:
		case of.isStruct && !of.hasEncoder && g.one(2):
			fields = append(fields, "*"+of.name)
			t.isComparable = false
		default:
			fields = append(fields, of.name)
			t.weight += of.weight
			t.isComparable = t.isComparable && of.isComparable
			t.hasEncoder = t.hasEncoder || of.hasEncoder
		}
	}
	if g.one(20) {
		fields = append(fields, "*"+t.name)
		t.isComparable = false
	}
	if g.one(25) {
		fields = append(fields, g.pick("time.Time", "GobStruct", "BinarySlice", "GobInt", "Text"))
		t.hasEncoder, t.isComparable = true, false
	}
	return fields
}

// unsent are fields that gob leaves out.
func (g *generator) unsent(t *named) []string {
	var fields []string
	if g.one(5) {
		fields = append(fields, "hidden "+g.pick("int", "*"+t.name, "map[string]any"))
		t.isComparable = false
	}
	if g.one(8) {
		fields = append(fields, g.pick("Chan chan int", "Func func(int) string", "Ptr *chan bool"))
		t.isComparable = false
	}
	return fields
}

// find is the declared type of a name; one that says nothing where it is not declared.
func (g *generator) find(name string) named {
	for _, t := range g.types {
		if t.name == name {
			return t
		}
	}
	return named{}
}

var typeName = regexp.MustCompile(`\b[Tt]\d+\b|\bShape\b|\b(Gob|Binary)[A-Z]\w+|\bText\b`)

// undeclared are the types of which a program's source says nothing. Gob asks for no more of a
// method than that it is there.
var undeclared = map[string]string{
	"Shape":         "type Shape interface { Shape() }",
	"GobStruct":     "package opaque\ntype GobStruct struct { n int64; s string }\nfunc (GobStruct) GobEncode() ([]byte, error)",
	"GobPointer":    "package opaque\ntype GobPointer struct { s string }\nfunc (*GobPointer) GobEncode() ([]byte, error)",
	"GobInt":        "package opaque\ntype GobInt int32\nfunc (GobInt) GobEncode() ([]byte, error)",
	"BinarySlice":   "package opaque\ntype BinarySlice []uint16\nfunc (BinarySlice) MarshalBinary() ([]byte, error)",
	"BinaryPointer": "package opaque\ntype BinaryPointer struct { n uint8 }\nfunc (*BinaryPointer) MarshalBinary() ([]byte, error)",
	"Text":          "package opaque\ntype Text struct { Word string }\nfunc (Text) MarshalText() ([]byte, error)",
}

// declarations are those of all types that a type's text leads to.
func (g *generator) declarations(text string) []string {
	all := map[string]string{}
	for name, declaration := range undeclared {
		all[name] = declaration
	}
	for _, t := range g.types {
		all[t.name] = t.declaration
	}
	var found []string
	for pending := []string{text}; len(pending) > 0; pending = pending[1:] {
		for _, name := range typeName.FindAllString(pending[0], -1) {
			if declaration := all[name]; declaration != "" {
				found = append(found, declaration)
				pending = append(pending, declaration)
				delete(all, name)
			}
		}
	}
	return found
}
