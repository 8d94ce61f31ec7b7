package main

import (
	"fmt"
	"math/rand"
	"strings"
)

// A tree is a type from which another can be made that differs from it.
type tree struct {
	kind   string // leaf, or how a type is made of others
	text   string // of a leaf
	length int    // of an array
	key    *tree
	of     *tree
	fields []treeField
}

type treeField struct {
	name       string
	isEmbedded bool
	of         *tree
}

// A pairGenerator makes trees, and changes them.
type pairGenerator struct {
	random *rand.Rand
}

func (g *pairGenerator) one(n int) bool { return g.random.Intn(n) == 0 }

func (g *pairGenerator) pick(texts ...string) string { return texts[g.random.Intn(len(texts))] }

func leaf(text string) *tree { return &tree{kind: "leaf", text: text} }

// families are basic types that gob sends in the same way.
var families = [][]string{
	{"int", "int64", "int32", "int16", "int8"},
	{"uint", "uint64", "uint32", "uint16", "uint8", "uintptr"},
	{"float64", "float32"},
	{"complex128", "complex64"},
	{"string"}, {"bool"}, {"[]byte"}, {"any"}, {"time.Time"}, {"big.Int"}, {"GobStruct"},
	{"BinarySlice"},
}

func (g *pairGenerator) basic() *tree {
	family := families[g.random.Intn(6)]
	return leaf(family[g.random.Intn(len(family))])
}

func (g *pairGenerator) leaf() *tree {
	if g.one(4) {
		family := families[g.random.Intn(len(families))]
		return leaf(family[g.random.Intn(len(family))])
	}
	return g.basic()
}

func (g *pairGenerator) tree(depth int) *tree {
	choice := g.random.Intn(20)
	if depth > 2 {
		choice = 0
	}
	switch {
	case choice < 9:
		return g.leaf()
	case choice < 11:
		return &tree{kind: "slice", of: g.tree(depth + 1)}
	case choice < 12:
		// Its elements cannot be left out, and so it may not lead back to what it is in.
		of := g.leaf()
		if g.one(2) {
			of = g.structure(2)
		}
		return &tree{kind: "array", length: g.random.Intn(4), of: of}
	case choice < 14:
		key := leaf(g.pick("string", "int", "int16", "uint8", "bool"))
		return &tree{kind: "map", key: key, of: g.tree(depth + 1)}
	case choice < 17:
		of := g.tree(depth + 1)
		if of.text == "any" {
			// JSON cannot have a pointer to a nil.
			return of
		}
		return &tree{kind: "pointer", of: of}
	case choice < 18:
		return &tree{kind: "outer"}
	default:
		return g.structure(depth + 1)
	}
}

func (g *pairGenerator) structure(depth int) *tree {
	t := &tree{kind: "struct"}
	for n := 1 + g.random.Intn(5); n > 0; n-- {
		t.fields = append(t.fields, treeField{name: g.fieldName(t), of: g.tree(depth + 1)})
	}
	return t
}

// fieldName is one that a struct has not yet; a struct that it embeds may have it.
func (g *pairGenerator) fieldName(t *tree) string {
	for {
		name := string(rune('A' + g.random.Intn(14)))
		if !t.has(name) {
			return name
		}
	}
}

func (t *tree) has(name string) bool {
	for _, f := range t.fields {
		if f.name == name {
			return true
		}
	}
	return false
}

// changed is a copy with some changes, mostly such that Go receives it nevertheless.
func (g *pairGenerator) changed(t *tree) *tree {
	other := *t
	if t.key != nil {
		other.key = g.changed(t.key)
	}
	if t.of != nil {
		other.of = g.changed(t.of)
	}
	switch t.kind {
	case "leaf":
		if g.one(4) {
			other.text = g.relative(t.text)
		}
		if g.one(80) {
			other = *g.leaf()
		}
	case "array", "slice":
		switch {
		case t.kind == "array" && g.one(15):
			other.length++
		case g.one(40):
			other.kind = map[string]string{"array": "slice", "slice": "array"}[t.kind]
		}
	case "struct":
		g.changeFields(&other)
	}
	if g.one(8) && t.kind != "outer" {
		return &tree{kind: "pointer", of: &other}
	}
	return &other
}

// relative is another type that gob sends in the same way.
func (g *pairGenerator) relative(text string) string {
	for _, family := range families {
		for _, member := range family {
			if member == text {
				return family[g.random.Intn(len(family))]
			}
		}
	}
	return text
}

func (g *pairGenerator) changeFields(t *tree) {
	t.fields = append([]treeField{}, t.fields...)
	for i := 0; i < len(t.fields); i++ {
		f := &t.fields[i]
		if g.one(6) {
			t.fields = append(t.fields[:i], t.fields[i+1:]...)
			i--
			continue
		}
		if g.one(12) {
			f.name = g.fieldName(t)
		}
		f.of = g.changed(f.of)
	}
	if g.one(4) {
		t.fields = append(t.fields, treeField{name: g.fieldName(t), of: g.tree(2)})
	}
	if len(t.fields) > 1 && g.one(6) {
		g.embed(t)
	}
	g.random.Shuffle(len(t.fields), func(i, j int) {
		t.fields[i], t.fields[j] = t.fields[j], t.fields[i]
	})
}

// embed puts some fields into a struct that is embedded.
func (g *pairGenerator) embed(t *tree) {
	count := 1 + g.random.Intn(len(t.fields)-1)
	if g.one(3) {
		t.fields = append(t.fields, treeField{name: t.fields[0].name, of: g.tree(2)})
	}
	inner := &tree{kind: "struct", fields: append([]treeField{}, t.fields[:count]...)}
	embedded := treeField{isEmbedded: true, of: inner}
	if g.one(3) {
		embedded.of = &tree{kind: "pointer", of: inner}
	}
	t.fields = append([]treeField{embedded}, t.fields[count:]...)
}

// A namer writes trees as Go types, and declares their structs.
type namer struct {
	prefix       string
	declarations []string
	outer        []string
}

func (n *namer) text(t *tree) string {
	switch t.kind {
	case "slice":
		return "[]" + n.text(t.of)
	case "array":
		return fmt.Sprintf("[%d]%s", t.length, n.text(t.of))
	case "map":
		return fmt.Sprintf("map[%s]%s", keyText(t.key), n.text(t.of))
	case "pointer":
		return "*" + n.text(t.of)
	case "outer":
		return "*" + n.outer[len(n.outer)-1]
	case "struct":
		return n.structure(t)
	}
	return t.text
}

// keyText leaves out the pointers, which are never equal.
func keyText(t *tree) string {
	for t.kind == "pointer" {
		t = t.of
	}
	if t.kind != "leaf" || !strings.Contains(" string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 bool ", " "+t.text+" ") {
		return "string"
	}
	return t.text
}

func (n *namer) structure(t *tree) string {
	index := len(n.declarations)
	name := fmt.Sprintf("%s_%d", n.prefix, index)
	n.declarations = append(n.declarations, "")
	n.outer = append(n.outer, name)
	var fields []string
	for _, f := range t.fields {
		text := n.text(f.of)
		if !f.isEmbedded {
			text = f.name + " " + text
		}
		fields = append(fields, text)
	}
	n.outer = n.outer[:len(n.outer)-1]
	n.declarations[index] = fmt.Sprintf("type %s struct { %s }", name, strings.Join(fields, "; "))
	return name
}
