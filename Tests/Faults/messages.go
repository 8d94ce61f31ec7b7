package main

import (
	"bytes"
	"encoding/gob"
)

type complexData struct {
	N int
	S string
	M map[string]int
	P []byte
	C *complexData
}

// stringCommand is a STRING with a text.
func stringCommand(text string) []byte {
	return []byte("STRING\n" + text + "\n")
}

// gobCommand is a GOB with a value, a stream of its own.
func gobCommand(value complexData) []byte {
	var buffer bytes.Buffer
	buffer.WriteString("GOB\n")
	if err := gob.NewEncoder(&buffer).Encode(value); err != nil {
		panic(err)
	}
	return buffer.Bytes()
}

// article is what the article's client sends as a struct.
var article = complexData{
	N: 23, S: "string data", M: map[string]int{"one": 1, "two": 2, "three": 3}, P: []byte("abc"),
	C: &complexData{
		N: 256, S: "Recursive structs? Piece of cake!",
		M: map[string]int{"01": 1, "10": 2, "11": 3},
	},
}
