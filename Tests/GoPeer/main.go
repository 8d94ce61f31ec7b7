// Command peer is the other side of the tests: a server and a client of the
// protocol, with nothing but Go's standard library.
//
//	peer -listen 127.0.0.1:0       a JSON object a line for each message
//	peer -connect 127.0.0.1:61000  what the article's client sends
//
// With a fault switched on, the server is one for tests to find: -reply answers
// strings with another text, -silent with none.
//
// The server's first line on standard output is the address it listens on. It
// ends when its standard input does.
package main

import (
	"bufio"
	"encoding/gob"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"sync"
)

// complexData is the article's struct.
type complexData struct {
	N int
	S string
	M map[string]int
	P []byte
	C *complexData
}

// A message is a line of the server's output.
type message struct {
	Command string       `json:"command"`
	Text    string       `json:"text,omitempty"`
	Value   *complexData `json:"value,omitempty"`
	Error   string       `json:"error,omitempty"`
}

func main() {
	log.SetFlags(0)
	listen := flag.String("listen", "", "serve on `ADDRESS`")
	connect := flag.String("connect", "", "send to `ADDRESS`")
	reply := flag.String("reply", "Thank you.", "answer strings with `TEXT`")
	silent := flag.Bool("silent", false, "accept connections, and never answer")
	floods := flag.Int("flood", 0, "send so many strings instead")
	flag.Parse()
	var err error
	switch {
	case *listen != "":
		err = serve(*listen, *reply, *silent)
	case *connect != "" && *floods > 0:
		err = flood(*connect, *floods)
	default:
		err = send(*connect)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// serve answers every connection until standard input ends.
func serve(address, reply string, silent bool) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	var output sync.Mutex
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			if silent {
				io.Copy(io.Discard, conn)
				return
			}
			handle(conn, reply, func(m message) {
				output.Lock()
				defer output.Unlock()
				line, _ := json.Marshal(m)
				fmt.Println(string(line))
			})
		}()
	}
}

// handle reads commands as the article's server does.
func handle(conn net.Conn, reply string, emit func(message)) {
	reader := bufio.NewReader(conn)
	for {
		name, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		switch name = strings.Trim(name, "\n "); name {
		case "STRING":
			text, err := reader.ReadString('\n')
			if err != nil {
				emit(message{Command: name, Error: err.Error()})
				return
			}
			emit(message{Command: name, Text: strings.TrimSuffix(text, "\n")})
			if _, err := io.WriteString(conn, reply+"\n"); err != nil {
				return
			}
		case "GOB":
			value := new(complexData)
			if err := gob.NewDecoder(reader).Decode(value); err != nil {
				emit(message{Command: name, Error: err.Error()})
				return
			}
			emit(message{Command: name, Value: value})
		default:
			emit(message{Command: name, Error: "not registered"})
			return
		}
	}
}

// send is the article's client.
func send(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "STRING\nAdditional data.\n"); err != nil {
		return err
	}
	reply, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	fmt.Print(reply)
	value := complexData{
		N: 23,
		S: "string data",
		M: map[string]int{"one": 1, "two": 2, "three": 3},
		P: []byte("abc"),
		C: &complexData{
			N: 256,
			S: "Recursive structs? Piece of cake!",
			M: map[string]int{"01": 1, "10": 2, "11": 3},
		},
	}
	if _, err := io.WriteString(conn, "GOB\n"); err != nil {
		return err
	}
	return gob.NewEncoder(conn).Encode(value)
}

// flood sends strings as fast as they are taken, and counts the replies.
func flood(address string, count int) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	go func() {
		writer := bufio.NewWriter(conn)
		for i := 1; i <= count; i++ {
			fmt.Fprintf(writer, "STRING\nflood %d\n", i)
		}
		writer.Flush()
	}()
	replies := bufio.NewScanner(conn)
	for i := 0; i < count; i++ {
		if !replies.Scan() || replies.Text() != "Thank you." {
			return fmt.Errorf("reply %d: got %q: %v", i+1, replies.Text(), replies.Err())
		}
	}
	fmt.Println(count, "replies")
	return nil
}
