package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// window is how many messages a connection sends before it waits for their replies.
const window = 32

// isStruct says whether the message of a number is a struct; every connection has both, mixed.
func isStruct(client, message int) bool {
	return (client+message*7)%3 == 0
}

func textOf(client, message int) string {
	return fmt.Sprintf("client %d, message %d: é 漢字 %x", client, message, client*7919+message*104729)
}

func structOf(client, message int) complexData {
	return complexData{
		N: message, S: textOf(client, message), M: map[string]int{"client": client},
		P: []byte{byte('a' + message%26), byte('a' + client%26)}, C: &complexData{N: client + 1},
	}
}

// rowsOf are the rows in which a message is shown, the head of the first left out.
func rowsOf(client, message int) []string {
	if !isStruct(client, message) {
		return []string{"STRING: " + textOf(client, message)}
	}
	v := structOf(client, message)
	return []string{
		"GOB", "  | complexData{",
		fmt.Sprintf("  |     N: %d,", v.N),
		"  |     S: " + strconv.Quote(v.S) + ",",
		fmt.Sprintf("  |     M: map[string]int{\"client\": %d},", client),
		fmt.Sprintf("  |     P: []byte(%q),", v.P),
		fmt.Sprintf("  |     C: complexData{N: %d, S: \"\", M: nil, P: nil, C: nil},", v.C.N),
		"  | }",
	}
}

// A countReport says what came, and how the memory of the program stood at each tenth.
type countReport struct {
	Mode     string  `json:"mode"`
	Messages int     `json:"messages"`
	Clients  int     `json:"clients"`
	Replies  int     `json:"replies"`
	Seconds  float64 `json:"seconds"`
	KiB      []int   `json:"kib_at_each_tenth"`
}

// count sends the messages and compares the rows of the program.
func count() (any, error) {
	s, err := start(args()...)
	if err != nil {
		return nil, err
	}
	each := *number / *clients
	report := countReport{Mode: "count", Messages: each * *clients, Clients: *clients}
	begin := time.Now()
	replies := make([]int, *clients)
	ports := make(map[string]int)
	errs := make(chan error, *clients+1)
	var lock sync.Mutex
	var group sync.WaitGroup
	for c := 0; c < *clients; c++ {
		group.Add(1)
		go func(c int) {
			defer group.Done()
			register := func(port string) {
				lock.Lock()
				defer lock.Unlock()
				ports[port] = c
			}
			n, err := sendCounted(s.address, c, each, register)
			replies[c] = n
			if err != nil {
				errs <- fmt.Errorf("client %d: %v", c, err)
			}
		}(c)
	}
	client := func(port string) (int, bool) {
		lock.Lock()
		defer lock.Unlock()
		c, ok := ports[port]
		return c, ok
	}
	if err := compare(s, &report, client); err != nil {
		s.command.Process.Kill()
		return report, err
	}
	group.Wait()
	report.Seconds = time.Since(begin).Seconds()
	for _, n := range replies {
		report.Replies += n
	}
	select {
	case err := <-errs:
		return report, err
	default:
	}
	return report, s.end()
}

// sendCounted sends the messages of a client and counts the replies, which must be as many as there
// were strings.
func sendCounted(address string, c, each int, register func(port string)) (int, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	_, port, _ := net.SplitHostPort(conn.LocalAddr().String())
	register(port)
	reader := bufio.NewReader(conn)
	replies := 0
	for m := 0; m < each; m += window {
		var bytes []byte
		wanted := 0
		for i := m; i < m+window && i < each; i++ {
			if isStruct(c, i) {
				bytes = append(bytes, gobCommand(structOf(c, i))...)
			} else {
				bytes = append(bytes, stringCommand(textOf(c, i))...)
				wanted++
			}
		}
		if _, err := conn.Write(bytes); err != nil {
			return replies, err
		}
		for ; wanted > 0; wanted-- {
			line, err := reader.ReadString('\n')
			if err != nil {
				return replies, err
			}
			if line != "Thank you.\n" {
				return replies, fmt.Errorf("the reply is %q", line)
			}
			replies++
		}
	}
	conn.(*net.TCPConn).CloseWrite()
	rest, err := io.ReadAll(reader)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("after the last reply came %q", rest)
	}
	return replies, err
}

// compare reads what the program prints, and expects every message once, whole, and those of a
// connection in their order.
func compare(s *server, report *countReport, client func(port string) (int, bool)) error {
	lines := bufio.NewScanner(s.output)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	next := make([]int, report.Clients)
	for n := 1; n <= report.Messages; n++ {
		if !lines.Scan() {
			return fmt.Errorf("the program printed %d of %d messages", n-1, report.Messages)
		}
		// 14:03:59 #1 127.0.0.1:50312 STRING: text
		parts := strings.SplitN(lines.Text(), " ", 4)
		if len(parts) != 4 || parts[1] != fmt.Sprintf("#%d", n) {
			return fmt.Errorf("message %d begins with the row %q", n, lines.Text())
		}
		_, port, _ := net.SplitHostPort(parts[2])
		c, ok := client(port)
		if !ok {
			return fmt.Errorf("message %d is from nobody: %q", n, lines.Text())
		}
		m := next[c]
		next[c]++
		rows := rowsOf(c, m)
		got := parts[3]
		if rows[0] == "GOB" && strings.HasPrefix(got, "GOB: complexData, ") {
			got = "GOB"
		}
		for i, want := range rows {
			if i > 0 {
				lines.Scan()
				got = lines.Text()
			}
			if got != want {
				return fmt.Errorf("client %d, message %d: row %q, expected %q", c, m, got, want)
			}
		}
		if n%(report.Messages/10) == 0 {
			report.KiB = append(report.KiB, s.memory())
		}
	}
	return nil
}
