package main

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// value is what is sent as GOB.
type value struct {
	S string
	P []byte
}

// noted is sent in its place now and then: the definition of what is in X cuts the
// message in the middle of the value.
type noted struct {
	S string
	X any
	P []byte
}

type note struct{ By, Text string }

func init() { gob.Register(note{}) }

// The kinds of conversations.
const (
	oneByOne = iota
	pipelined
	gobs
	mixed
	unknown
	brokenByClient
	brokenByHost
	hostEndsFirst
	large
	cut
	kinds
)

// A side is what one side of a conversation sent and got, and how it ended.
type side struct {
	conn   *net.TCPConn
	reader *bufio.Reader
	sent   []byte
	got    []byte
	err    error
}

// A conversation is led by a client, and answered by a host.
type conversation struct {
	id, kind     int
	client, host side
	hostDone     chan struct{}
	random       *rand.Rand
	big          int
	// What a proxy is to show.
	strings, replies, gobs []string
}

func newConversation(id, big int) *conversation {
	return &conversation{
		id: id, kind: id % kinds, hostDone: make(chan struct{}), big: big,
		random: rand.New(rand.NewSource(int64(id))),
	}
}

func (s *side) begin(conn *net.TCPConn) {
	s.conn = conn
	s.reader = bufio.NewReader(tap{s})
}

// A tap keeps what is read from a side's connection.
type tap struct{ side *side }

func (t tap) Read(p []byte) (int, error) {
	n, err := t.side.conn.Read(p)
	t.side.got = append(t.side.got, p[:n]...)
	return n, err
}

// write sends bytes, in pieces of any size.
func (s *side) write(random *rand.Rand, p []byte) {
	s.sent = append(s.sent, p...)
	for len(p) > 0 {
		n := len(p)
		if random != nil && random.Intn(3) == 0 {
			n = 1 + random.Intn(n)
		}
		if _, err := s.conn.Write(p[:n]); err != nil {
			s.err = err
			return
		}
		p = p[n:]
	}
}

// readAll reads to the end, and keeps how that came.
func (s *side) readAll() {
	_, s.err = io.Copy(io.Discard, s.reader)
}

func (s *side) line() string {
	line, err := s.reader.ReadString('\n')
	if err != nil {
		s.err = err
	}
	return strings.TrimSuffix(line, "\n")
}

func (s *side) reset() {
	s.conn.SetLinger(0)
	s.conn.Close()
}

func (c *conversation) text(size int) string {
	const letters = "abc \x1b[31mäöü\u202exyz"
	var text strings.Builder
	fmt.Fprintf(&text, "#%d# %d ", c.id, len(c.strings))
	for text.Len() < size {
		text.WriteString(letters[:3+c.random.Intn(2)] + letters[4:])
	}
	return text.String()
}

func (c *conversation) sendString(size int) {
	text := c.text(size)
	c.strings = append(c.strings, text)
	c.client.write(c.random, []byte("STRING\n"+text+"\n"))
}

func (c *conversation) ask(size int) {
	c.sendString(size)
	c.client.line()
}

func (c *conversation) gob(size int) []byte {
	name := fmt.Sprintf("#%d# g%d", c.id, len(c.gobs))
	data := make([]byte, size)
	c.random.Read(data)
	var buffer bytes.Buffer
	buffer.WriteString("GOB\n")
	if c.random.Intn(8) == 0 {
		gob.NewEncoder(&buffer).Encode(noted{name, note{"me", "STRING\n"}, data})
	} else {
		gob.NewEncoder(&buffer).Encode(value{name, data})
	}
	c.gobs = append(c.gobs, name)
	return buffer.Bytes()
}

// lead has the client's side.
func (c *conversation) lead(s *side, conn *net.TCPConn) {
	s.begin(conn)
	defer conn.Close()
	n := 1 + c.random.Intn(5)
	switch c.kind {
	case oneByOne:
		for i := 0; i < n; i++ {
			c.ask(20)
		}
	case pipelined:
		for i := 0; i < 10*n; i++ {
			c.sendString(20)
		}
		conn.CloseWrite()
		s.readAll()
	case gobs:
		for i := 0; i < n; i++ {
			s.write(c.random, c.gob(c.random.Intn(3_000)))
		}
		c.ask(20)
	case mixed:
		for i := 0; i < n; i++ {
			c.ask(c.random.Intn(500))
			s.write(c.random, c.gob(c.random.Intn(100)))
		}
		conn.CloseWrite()
		s.readAll()
	case unknown:
		data := make([]byte, c.random.Intn(20_000))
		c.random.Read(data)
		s.write(c.random, append([]byte(fmt.Sprintf("FROB #%d#\n", c.id)), data...))
		conn.CloseWrite()
		s.readAll()
	case brokenByClient:
		c.ask(20)
		data := c.gob(1_000)
		c.gobs = nil
		s.write(nil, data[:len(data)/2])
		s.reset()
	case brokenByHost:
		c.sendString(20)
		s.readAll()
	case hostEndsFirst:
		c.ask(20)
		s.readAll()
		c.sendString(20)
	case large:
		if c.id/kinds%20 == 0 {
			s.write(c.random, c.gob(c.big))
		}
		c.ask(c.big / 10)
	case cut:
		s.write(c.random, []byte("STRING\nhalf a text "+c.text(20)))
	}
}

var idPattern = regexp.MustCompile(`#(\d+)#`)

// serve has the host's side of the conversations.
func serve(listener net.Listener, all []*conversation) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			s := new(side)
			s.begin(conn.(*net.TCPConn))
			defer conn.Close()
			id := answer(s, all)
			if id == nil {
				return
			}
			id.host = *s
			close(id.hostDone)
		}()
	}
}

// find returns the conversation that a text is of.
func find(text string, all []*conversation) *conversation {
	match := idPattern.FindStringSubmatch(text)
	if match == nil {
		return nil
	}
	id, _ := strconv.Atoi(match[1])
	return all[id]
}

// answer answers commands to the end, and returns the conversation that they are of.
func answer(s *side, all []*conversation) (c *conversation) {
	for {
		name := s.line()
		if s.err != nil {
			return c
		}
		text := name
		switch name {
		case "STRING":
			text = s.line()
		case "GOB":
			var v noted
			if s.err = gob.NewDecoder(s.reader).Decode(&v); s.err != nil {
				return c
			}
			text = v.S
		}
		if c == nil {
			if c = find(text, all); c == nil {
				return nil
			}
		}
		if s.err != nil {
			return c
		}
		switch {
		case c.kind == unknown:
			s.readAll()
			data := make([]byte, c.id%30_000)
			rand.New(rand.NewSource(int64(-c.id))).Read(data)
			s.write(nil, data)
			return c
		case c.kind == brokenByHost:
			s.reset()
			return c
		case name == "STRING" && (c.kind != hostEndsFirst || len(c.replies) == 0):
			reply := fmt.Sprintf("got #%d# %d", c.id, len(c.replies))
			c.replies = append(c.replies, reply)
			s.write(nil, []byte(reply+"\n"))
			if c.kind == hostEndsFirst {
				s.conn.CloseWrite()
			}
		}
	}
}

// compare says what did not arrive as it was sent.
func (c *conversation) compare() (faults []string) {
	fault := func(text string) {
		faults = append(faults, fmt.Sprintf("conversation %d, kind %d: %s", c.id, c.kind, text))
	}
	isBroken := c.kind == brokenByClient || c.kind == brokenByHost
	isSame := bytes.Equal
	if isBroken {
		isSame = func(sent, got []byte) bool { return bytes.HasPrefix(sent, got) }
	}
	if !isSame(c.client.sent, c.host.got) {
		fault(fmt.Sprintf("%d bytes to the host, and %d arrived", len(c.client.sent), len(c.host.got)))
	}
	if !isSame(c.host.sent, c.client.got) {
		fault(fmt.Sprintf("%d bytes back, and %d arrived", len(c.host.sent), len(c.client.got)))
	}
	if c.kind == brokenByClient && !errors.Is(c.host.err, syscall.ECONNRESET) {
		fault(fmt.Sprint("the client's reset came as ", c.host.err))
	}
	if c.kind == brokenByHost && !errors.Is(c.client.err, syscall.ECONNRESET) {
		fault(fmt.Sprint("the host's reset came as ", c.client.err))
	}
	if !isBroken && c.client.err != nil && c.client.err != io.EOF {
		fault(c.client.err.Error())
	}
	return faults
}
