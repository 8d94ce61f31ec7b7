package main

import (
	"bytes"
	"io"
	"math/rand"
	"net"
	"time"
)

// A badPeer does one thing wrong, once; conn is closed afterwards.
type badPeer struct {
	name string
	do   func(conn *net.TCPConn, turn int, random *rand.Rand, stop <-chan struct{})
}

// conversation is what a good client might say.
var conversation = append(append(stringCommand("hello"), gobCommand(article)...), stringCommand("bye")...)

var badPeers = []badPeer{
	{"a byte a second", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		for _, b := range bytes.Repeat(conversation, 20) {
			if _, err := conn.Write([]byte{b}); err != nil || sleep(time.Second, stop) {
				return
			}
		}
	}},
	{"closes at every offset", func(conn *net.TCPConn, turn int, _ *rand.Rand, _ <-chan struct{}) {
		conn.Write(conversation[:turn%len(conversation)])
	}},
	{"ends its stream at every offset", func(conn *net.TCPConn, turn int, _ *rand.Rand, _ <-chan struct{}) {
		conn.Write(conversation[:turn%len(conversation)])
		conn.CloseWrite()
		io.Copy(io.Discard, conn)
	}},
	{"resets at every offset", func(conn *net.TCPConn, turn int, _ *rand.Rand, _ <-chan struct{}) {
		conn.Write(conversation[:turn%len(conversation)])
		conn.SetLinger(0)
	}},
	{"never reads", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		block := bytes.Repeat(stringCommand("hello"), 1000)
		for {
			conn.SetWriteDeadline(time.Now().Add(time.Second))
			if _, err := conn.Write(block); err != nil {
				break
			}
		}
		sleep(5*time.Second, stop)
	}},
	{"floods", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		go io.Copy(io.Discard, conn)
		block := bytes.Repeat(conversation, 20)
		for i := 0; i < 50; i++ {
			if _, err := conn.Write(block); err != nil || sleep(time.Millisecond, stop) {
				return
			}
		}
	}},
	{"opens until refused", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		var held []*net.TCPConn
		defer func() {
			for _, other := range held {
				other.Close()
			}
		}()
		for len(held) < 2000 && isOpen(conn) {
			other, err := dialFrom(conn.LocalAddr(), conn.RemoteAddr())
			if err != nil {
				break
			}
			held = append(held, other)
			if !isOpen(other) {
				break
			}
		}
		sleep(2*time.Second, stop)
	}},
	{"sends what is none", func(conn *net.TCPConn, turn int, random *rand.Rand, _ <-chan struct{}) {
		conn.SetDeadline(time.Now().Add(2 * time.Second))
		conn.Write(garbled(random))
		conn.CloseWrite()
		io.Copy(io.Discard, conn)
	}},
	{"says nothing", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		sleep(5*time.Second, stop)
	}},
	{"announces more than it sends", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		// A message of 32 MiB.
		conn.Write([]byte("GOB\n\xfc\x02\x00\x00\x00"))
		conn.Write(make([]byte, 1<<20))
		sleep(3*time.Second, stop)
	}},
	{"reads a byte at a time", func(conn *net.TCPConn, turn int, _ *rand.Rand, stop <-chan struct{}) {
		conn.SetReadBuffer(4096)
		go func() {
			block := bytes.Repeat(stringCommand("hello"), 1000)
			for {
				if _, err := conn.Write(block); err != nil {
					return
				}
			}
		}()
		for i := 0; i < 1000; i++ {
			if _, err := conn.Read(make([]byte, 1)); err != nil || sleep(5*time.Millisecond, stop) {
				return
			}
		}
	}},
}

// sleep waits, and says whether it is time to stop.
func sleep(d time.Duration, stop <-chan struct{}) bool {
	select {
	case <-stop:
		return true
	case <-time.After(d):
		return false
	}
}

// isOpen says whether the other side has not closed the connection yet.
func isOpen(conn *net.TCPConn) bool {
	conn.SetReadDeadline(time.Now().Add(time.Millisecond))
	defer conn.SetReadDeadline(time.Time{})
	_, err := conn.Read(make([]byte, 1))
	timeout, ok := err.(net.Error)
	return err == nil || ok && timeout.Timeout()
}

// dialFrom connects again from the same address.
func dialFrom(local, remote net.Addr) (*net.TCPConn, error) {
	from := *local.(*net.TCPAddr)
	from.Port = 0
	return net.DialTCP("tcp", &from, remote.(*net.TCPAddr))
}
