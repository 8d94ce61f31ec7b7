// Command shop writes values of its types as gobs, and checks the gobs that
// others wrote of them:
//
//	shop write KIND FILE.gob   write the values of a kind
//	shop check KIND FILE.gob   read a file, and compare with them
//	shop serve KIND            receive GOB commands, and compare each with the first
//
// What it reads it prints, a value a line. The types that others read are in
// types.go; the kinds are article, order, time, interface and recursive.
package main

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"reflect"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: shop write|check|serve KIND [FILE.gob]")
	}
	want, err := values(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	switch os.Args[1] {
	case "write":
		err = write(os.Args[3], want)
	case "check":
		err = check(os.Args[3], want)
	case "serve":
		err = serve(want[0])
	}
	if err != nil {
		log.Fatal(err)
	}
}

func write(path string, values []any) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	encoder := gob.NewEncoder(file)
	for _, value := range values {
		// Some types write themselves only where they have an address.
		pointer := reflect.New(reflect.TypeOf(value))
		pointer.Elem().Set(reflect.ValueOf(value))
		if err := encoder.EncodeValue(pointer); err != nil {
			return err
		}
	}
	return nil
}

func check(path string, want []any) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	decoder := gob.NewDecoder(file)
	for _, value := range want {
		if err := receive(decoder, value); err != nil {
			return err
		}
	}
	if err := decoder.DecodeValue(reflect.Value{}); err != io.EOF {
		return errors.New("there is more in the file")
	}
	return nil
}

// receive decodes a value, prints it and compares it.
func receive(decoder *gob.Decoder, want any) error {
	got := reflect.New(reflect.TypeOf(want))
	if err := decoder.DecodeValue(got); err != nil {
		return err
	}
	fmt.Printf("%+v\n", got.Elem())
	if d := difference("value", got.Elem(), reflect.ValueOf(want)); d != "" {
		return errors.New(d)
	}
	return nil
}

// serve answers connections until standard input ends.
func serve(want any) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		reader := bufio.NewReader(conn)
		if name, err := reader.ReadString('\n'); err != nil || name != "GOB\n" {
			return fmt.Errorf("%q instead of GOB", name)
		}
		if err := receive(gob.NewDecoder(reader), want); err != nil {
			return err
		}
		conn.Close()
		fmt.Println("as expected")
	}
}
