// Command forward is a proxy as one writes it in Go: it carries every connection
// to a host and back, and shows nothing.
//
//	forward HOST
//
// Its first line on standard output is the address at which it listens.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go carry(client.(*net.TCPConn), os.Args[1])
	}
}

// carry has what one side says be heard by the other one, until both have ended.
func carry(client *net.TCPConn, host string) {
	defer client.Close()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		log.Print(err)
		return
	}
	defer conn.Close()
	var both sync.WaitGroup
	both.Add(2)
	for _, way := range [][2]*net.TCPConn{{client, conn.(*net.TCPConn)}, {conn.(*net.TCPConn), client}} {
		go func(from, to *net.TCPConn) {
			defer both.Done()
			if _, err := io.Copy(to, from); err != nil {
				// A break of one side is one of the other, too.
				for _, end := range []*net.TCPConn{from, to} {
					end.SetLinger(0)
					end.Close()
				}
			}
			to.CloseWrite()
		}(way[0], way[1])
	}
	both.Wait()
}
