package main

import "fmt"

// A typ is a type as it is written, with what matters to those that contain it.
type typ struct {
	text         string
	weight       int
	isComparable bool
}

func (g *generator) basic() string {
	return g.pick(
		"bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32",
		"uint64", "uintptr", "float32", "float64", "complex64", "complex128", "string", "string",
		"byte", "rune",
	)
}

// typ makes a type. Where it may be left out it may refer to later ones.
func (g *generator) typ(depth int, mayBeOmitted bool) typ {
	choice := g.random.Intn(40)
	if depth > 3 {
		choice %= 16
	}
	switch {
	case choice < 13:
		return typ{g.basic(), 1, true}
	case choice < 14:
		return typ{"[]byte", 1, false}
	case choice < 15:
		return typ{g.pick("any", "any", "Shape"), 1, false}
	case choice < 16:
		return g.opaque()
	case choice < 20:
		return typ{"[]" + g.reference(depth, true).text, 1, false}
	case choice < 23:
		return g.array(depth)
	case choice < 27:
		return typ{"map[" + g.key() + "]" + g.reference(depth, true).text, 1, false}
	case choice < 31:
		of := g.reference(depth, mayBeOmitted)
		return typ{g.pick("*", "*", "**", "***") + of.text, of.weight, false}
	case choice < 32:
		return g.anonymous(depth)
	case choice < 33:
		return typ{"struct{}", 1, true}
	default:
		return g.earlier(depth)
	}
}

// reference is a type that another refers to, and may leave out.
func (g *generator) reference(depth int, mayBeOmitted bool) typ {
	if mayBeOmitted && g.last > g.first && g.one(3) {
		return typ{name(g.first + g.random.Intn(g.last-g.first)), 1, false}
	}
	return g.typ(depth+1, mayBeOmitted)
}

// earlier is a declared type, which does not contain the one that is made.
func (g *generator) earlier(depth int) typ {
	last := len(g.types)
	if g.last < last {
		last = g.last
	}
	if last <= g.first {
		return typ{g.basic(), 1, true}
	}
	t := g.types[g.first+g.random.Intn(last-g.first)]
	return typ{t.name, t.weight, t.isComparable && !t.hasEncoder}
}

func (g *generator) array(depth int) typ {
	of := g.typ(depth+1, false)
	count := []int{0, 1, 2, 3, 5, 17}[g.random.Intn(6)]
	if of.weight == 1 && g.one(10) {
		count = 200
	} else if count*of.weight > heaviest {
		count = 1
	}
	if g.one(4) {
		of, count = typ{"byte", 1, true}, g.random.Intn(20)
	}
	return typ{fmt.Sprintf("[%d]%s", count, of.text), count*of.weight/8 + 1, of.isComparable}
}

// key is the type of a map's keys.
func (g *generator) key() string {
	switch g.random.Intn(8) {
	case 0:
		return g.pick("[2]int", "[0]string", "[3]byte", "[1][2]bool", "struct{}")
	case 1:
		return g.pick("struct { A int; B string }", "GobInt", "any", "struct { F float64 }")
	case 2:
		if t := g.earlier(0); t.isComparable {
			return t.text
		}
	}
	return g.basic()
}

func (g *generator) anonymous(depth int) typ {
	a, b := g.typ(depth+1, true), g.typ(depth+1, true)
	return typ{
		fmt.Sprintf("struct { A %s; B %s }", a.text, b.text),
		a.weight + b.weight, a.isComparable && b.isComparable,
	}
}

func (g *generator) opaque() typ {
	return typ{g.pick(
		"time.Time", "*time.Time", "big.Int", "*big.Int", "*big.Rat", "*big.Float", "url.URL",
		"netip.Addr", "GobStruct", "*GobStruct", "GobPointer", "*GobPointer", "GobInt", "**GobInt",
		"BinarySlice", "*BinarySlice", "BinaryPointer", "*BinaryPointer", "Text", "*Text",
	), 1, false}
}
