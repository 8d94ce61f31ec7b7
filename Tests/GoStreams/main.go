// Streams writes gob streams to standard output: one encoder for each argument, one after another.
// The last argument is how they are packed: plain, gzip, stored, huffman, base64, hex or dump.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"log"
	"math/rand"
	"os"
	"strings"
)

// Point is what a Box holds.
type Point struct{ X, Y int }

// Box has a type of its own inside, and a value in an interface.
type Box struct {
	Name string
	At   []Point
	In   any
}

// Order is another type, which gets the same number in another process.
type Order struct {
	ID    int
	Lines map[string]float64
}

var values = map[string][]any{
	"box": {
		Box{Name: "a", At: []Point{{1, 2}}, In: Point{3, 4}},
		Box{Name: "b", In: &Point{5, 6}},
	},
	"order": {Order{7, map[string]float64{"x": 1.5}}, Order{ID: 8}},
	"texts": {"one", "two"},
	"many":  many(),
}

// Enough, and various enough, for every way in which bytes can be packed.
func many() (values []any) {
	random := rand.New(rand.NewSource(1))
	for i := 0; i < 3000; i++ {
		name := strings.Repeat(string(rune('a'+i%26)), random.Intn(300))
		values = append(values, Box{Name: name, At: []Point{{random.Int(), i}}})
	}
	return values
}

func main() {
	gob.Register(Point{})
	var stream bytes.Buffer
	names, packing := os.Args[1:len(os.Args)-1], os.Args[len(os.Args)-1]
	for _, name := range names {
		encoder := gob.NewEncoder(&stream)
		for _, value := range values[name] {
			if err := encoder.Encode(value); err != nil {
				log.Fatal(err)
			}
		}
	}
	switch packing {
	case "plain":
		os.Stdout.Write(stream.Bytes())
	case "gzip", "stored", "huffman":
		levels := map[string]int{
			"gzip": gzip.BestCompression, "stored": gzip.NoCompression, "huffman": gzip.HuffmanOnly,
		}
		writer, err := gzip.NewWriterLevel(os.Stdout, levels[packing])
		if err != nil {
			log.Fatal(err)
		}
		writer.Name, writer.Comment, writer.Extra = "stream.gob", "of a test", []byte("extra")
		writer.Write(stream.Bytes())
		writer.Close()
	case "base64":
		fmt.Println(base64.StdEncoding.EncodeToString(stream.Bytes()))
	case "hex":
		fmt.Println(hex.EncodeToString(stream.Bytes()))
	case "dump":
		fmt.Print(hex.Dump(stream.Bytes()))
	}
}
