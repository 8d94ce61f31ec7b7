package main

import (
	"fmt"
	"io"
	"math/rand"
	"net"
	"sync"
	"time"
)

// seeds are streams from which others are made.
var seeds = [][]byte{
	conversation, stringCommand("hello"), gobCommand(article), gobCommand(complexData{}),
	[]byte("GOB\n"), []byte("STRING\n"), []byte("NOTHING\nat all\n"), []byte("  STRING \r\nx\r\n"),
}

// garbled is a stream of random bytes, or one like those of a good client with faults in it.
func garbled(random *rand.Rand) []byte {
	if random.Intn(5) == 0 {
		bytes := make([]byte, random.Intn(600))
		random.Read(bytes)
		return bytes
	}
	var bytes []byte
	for i := random.Intn(4); i >= 0; i-- {
		bytes = append(bytes, seeds[random.Intn(len(seeds))]...)
	}
	for i := random.Intn(6); i >= 0 && len(bytes) > 0; i-- {
		at := random.Intn(len(bytes))
		switch random.Intn(5) {
		case 0:
			bytes[at] = byte(random.Intn(256))
		case 1:
			bytes[at] ^= 1 << random.Intn(8)
		case 2:
			bytes = append(bytes[:at], bytes[at+1:]...)
		case 3:
			bytes = append(bytes[:at], append([]byte{byte(random.Intn(256))}, bytes[at:]...)...)
		case 4:
			bytes = bytes[:at]
		}
	}
	return bytes
}

// garble sends many garbled streams, and then a good message.
func garble() (any, error) {
	s, err := start(append([]string{"--quiet"}, args()...)...)
	if err != nil {
		return nil, err
	}
	if err := s.warmUp(); err != nil {
		return nil, err
	}
	descriptors := s.descriptors()
	var group sync.WaitGroup
	var memory int
	for c := 0; c < *clients; c++ {
		group.Add(1)
		go func(c int) {
			defer group.Done()
			random := rand.New(rand.NewSource(*seed*1000 + int64(c)))
			for i := c; i < *number; i += *clients {
				sendGarbled(s.address, random)
				if i == *number/10 {
					memory = s.memory()
				}
			}
		}(c)
	}
	group.Wait()
	good := goodClient{address: s.address}
	conn, err := good.message(nil)
	if conn != nil {
		conn.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("a good client after the bad ones: %v", err)
	}
	after, err := s.settle(descriptors)
	report := map[string]any{
		"mode": "garble", "streams": *number, "kib_at_a_tenth": memory, "kib_at_the_end": s.memory(),
		"descriptors_before": descriptors, "descriptors_after": after, "complaints": s.complaints,
	}
	if err != nil {
		return report, err
	}
	return report, s.end()
}

func sendGarbled(address string, random *rand.Rand) {
	conn, err := net.DialTimeout("tcp", address, 20*time.Second)
	if err != nil {
		return
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	bytes := garbled(random)
	for len(bytes) > 0 {
		count := 1 + random.Intn(len(bytes))
		if _, err := conn.Write(bytes[:count]); err != nil {
			return
		}
		bytes = bytes[count:]
	}
	conn.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, conn)
}
