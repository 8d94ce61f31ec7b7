package main

import (
	"fmt"
	"math/rand"
	"strings"
)

// pairProgram has so many pairs of a type that is sent and one that receives it: those that are
// written down, then random ones.
func pairProgram(seed int64, count int) string {
	p := &program{declarations: []string{
		"type Shape interface { Shape() }",
		"type Item struct { A int; B string }",
		"type Clash struct { X string }",
	}}
	p.register("Item")
	p.register("time.Time")
	p.register("GobStruct")
	p.register("[]any")
	p.register("map[string]any")
	p.statements = append(p.statements,
		`registry.RegisterName("clash", reflect.TypeOf(Clash{}))`)
	for i, f := range fixedPairs {
		p.fixed(i, f)
	}
	g := &pairGenerator{random: rand.New(rand.NewSource(seed))}
	for i := len(fixedPairs); i < count; i++ {
		p.random(g, i)
	}
	return p.source()
}

// fixed adds a pair that is written down. In its texts $S begins the names of the sender's types,
// $R those of the receiver's, which each have but their own.
func (p *program) fixed(i int, f fixedPair) {
	names := strings.NewReplacer("$S", fmt.Sprintf("S%dx", i), "$R", fmt.Sprintf("R%dx", i))
	var json []string
	for _, text := range f.json {
		json = append(json, names.Replace(text))
	}
	sent, received := declarations(names.Replace(f.sent)), declarations(names.Replace(f.received))
	p.pair(
		f.sent+" -> "+f.received, sent, expression(sent, f.sentType, names),
		received, expression(received, f.receivedType, names), json,
	)
}

// random adds a pair of a random type, and one that differs from it in a few places.
func (p *program) random(g *pairGenerator, i int) {
	tree := g.structure(0)
	other := g.changed(tree)
	sender := namer{prefix: fmt.Sprintf("S%d", i)}
	receiver := namer{prefix: fmt.Sprintf("R%d", i)}
	sent, received := sender.text(tree), receiver.text(other)
	p.pair(
		fmt.Sprintf("random %d", i), sender.declarations, sent,
		receiver.declarations, received, nil,
	)
}

func (p *program) pair(
	name string, sent []string, sentType string, received []string, receivedType string,
	json []string,
) {
	p.declarations = append(append(p.declarations, sent...), received...)
	p.statements = append(p.statements, fmt.Sprintf(
		`pairs = append(pairs, harness.Pair{Name: %q,
			Sent: harness.Type{Name: %q, Declarations: %#v, Type: reflect.TypeOf((*%s)(nil)).Elem()},
			Received: harness.Type{Name: %q, Declarations: %#v, Type: reflect.TypeOf((*%s)(nil)).Elem()},
			JSON: %#v})`,
		name, sentType, sent, sentType, receivedType, received, receivedType, json,
	))
}

// declarations are what a text has on its lines; one that is no declaration is a type.
func declarations(text string) []string {
	var found []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "type ") ||
			strings.HasPrefix(line, "func ") {
			found = append(found, line)
		}
	}
	return found
}

// expression is the type that is asked for, or else the one that is declared first.
func expression(declared []string, wanted string, names *strings.Replacer) string {
	if wanted != "" {
		return names.Replace(wanted)
	}
	return strings.Fields(declared[0])[1]
}
