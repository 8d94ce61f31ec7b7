package main

import (
	"bufio"
	"fmt"
	"net"
	"sort"
	"sync"
	"time"
)

// A goodClient sends messages one after another and counts what is answered.
type goodClient struct {
	address string
	// Whether each message has a connection of its own.
	isShort bool

	sent, answered int
	times          []time.Duration
	failures       []string
}

// run goes on until stop is closed.
func (g *goodClient) run(stop <-chan struct{}, done *sync.WaitGroup) {
	defer done.Done()
	var conn net.Conn
	for {
		select {
		case <-stop:
			if conn != nil {
				conn.Close()
			}
			return
		case <-time.After(5 * time.Millisecond):
		}
		begin := time.Now()
		g.sent++
		var err error
		if conn, err = g.message(conn); err != nil {
			g.failures = append(g.failures, fmt.Sprintf("message %d: %v", g.sent, err))
			if conn != nil {
				conn.Close()
			}
			conn = nil
			continue
		}
		g.answered++
		g.times = append(g.times, time.Since(begin))
		if g.isShort {
			conn.Close()
			conn = nil
		}
	}
}

// message sends a struct now and then, which has no reply, and a string, whose reply says that both
// were taken.
func (g *goodClient) message(conn net.Conn) (net.Conn, error) {
	var err error
	if conn == nil {
		if conn, err = net.DialTimeout("tcp", g.address, 60*time.Second); err != nil {
			return nil, err
		}
	}
	conn.SetDeadline(time.Now().Add(60 * time.Second))
	bytes := stringCommand(fmt.Sprintf("good %d", g.sent))
	if g.sent%3 == 0 {
		bytes = append(gobCommand(article), bytes...)
	}
	if _, err = conn.Write(bytes); err != nil {
		return conn, err
	}
	reply, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && reply != "Thank you.\n" {
		err = fmt.Errorf("the reply is %q", reply)
	}
	return conn, err
}

// percentile of the times of the replies, in milliseconds.
func (g *goodClient) percentile(p float64) float64 {
	if len(g.times) == 0 {
		return 0
	}
	sort.Slice(g.times, func(i, j int) bool { return g.times[i] < g.times[j] })
	index := int(p * float64(len(g.times)-1))
	return float64(g.times[index].Microseconds()) / 1000
}
