package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"time"
)

// An event is a line of what gobtalk --json prints, or of a recording.
type event struct {
	Event      string
	Role       string
	Command    string
	Text       *string
	Base64     string
	Value      struct{ S string }
	Connection int
	Direction  string
}

func (e event) data() []byte {
	if e.Text != nil {
		return []byte(*e.Text)
	}
	data, err := base64.StdEncoding.DecodeString(e.Base64)
	if err != nil {
		log.Fatal(err)
	}
	return data
}

// forEach hands over the lines of a file.
func forEach(path string, body func(event)) {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<28)
	for scanner.Scan() {
		var e event
		if err := json.Unmarshal(scanner.Bytes(), &e); err != nil {
			log.Fatalf("%.200s: %v", scanner.Bytes(), err)
		}
		body(e)
	}
	if err := scanner.Err(); err != nil {
		log.Fatal(err)
	}
}

// waitForEvents waits until a file has as many messages and ends of connections
// as there were.
func waitForEvents(path string, all []*conversation) {
	wanted := 0
	for _, c := range all {
		wanted += len(c.strings) + len(c.replies) + len(c.gobs) + 1
	}
	waitForLines(path, wanted, func(line []byte) bool {
		return bytes.Contains(line, []byte(`"role":"command"`)) ||
			bytes.Contains(line, []byte(`"role":"reply"`)) || isEnd(line)
	})
}

// waitForRecording waits until a file has the ends of all conversations.
func waitForRecording(path string, all []*conversation) {
	waitForLines(path, len(all), isEnd)
}

func isEnd(line []byte) bool {
	return bytes.HasPrefix(line, []byte(`{"event":"closed"`))
}

// waitForLines waits until a file has so many lines that count, for as long as
// there come more.
func waitForLines(path string, wanted int, counts func([]byte) bool) {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	reader := bufio.NewReader(file)
	var line []byte
	found := 0
	for last := time.Now(); found < wanted && time.Since(last) < 20*time.Second; {
		part, err := reader.ReadBytes('\n')
		line = append(line, part...)
		if err == io.EOF {
			time.Sleep(time.Millisecond)
			continue
		}
		if counts(line) {
			found++
		}
		line, last = line[:0], time.Now()
	}
}

// checkEvents checks that every command and every reply is shown, once, and
// nothing else as such.
func checkEvents(path string, all []*conversation) (string, []string) {
	seen := map[string]map[string]int{"STRING": {}, "reply": {}, "GOB": {}}
	forEach(path, func(e event) {
		switch {
		case e.Event != "received" || e.Role == "bytes":
		case e.Role == "reply":
			seen["reply"][string(e.data())]++
		case e.Command == "GOB":
			seen["GOB"][e.Value.S]++
		default:
			seen[e.Command][string(e.data())]++
		}
	})
	var faults []string
	total := map[string]int{}
	expect := func(kind string, texts []string) {
		for _, text := range texts {
			if n := seen[kind][text]; n != 1 {
				faults = append(faults, fmt.Sprintf("%s %.40q is shown %d times", kind, text, n))
			}
			total[kind]++
		}
	}
	for _, c := range all {
		expect("STRING", c.strings)
		expect("reply", c.replies)
		expect("GOB", c.gobs)
	}
	for kind, texts := range seen {
		if len(texts) != total[kind] {
			faults = append(faults, fmt.Sprintf("%d of %s instead of %d", len(texts), kind, total[kind]))
		}
	}
	return fmt.Sprintf("%d STRINGs, %d replies, %d GOBs",
		total["STRING"], total["reply"], total["GOB"]), faults
}

// checkRecording checks that all bytes of every conversation are recorded, as
// they were sent and got.
func checkRecording(path string, all []*conversation) (string, []string) {
	type record struct{ received, sent []byte }
	records := map[int]*record{}
	closed := 0
	forEach(path, func(e event) {
		switch r := records[e.Connection]; e.Event {
		case "connected":
			records[e.Connection] = new(record)
		case "closed":
			closed++
		case "bytes":
			if e.Direction == "received" {
				r.received = append(r.received, e.data()...)
			} else {
				r.sent = append(r.sent, e.data()...)
			}
		}
	})
	var faults []string
	if closed != len(all) {
		faults = append(faults, fmt.Sprintf("%d closed instead of %d", closed, len(all)))
	}
	found, size := map[int]bool{}, 0
	for _, r := range records {
		c := find(string(r.received), all)
		if c == nil {
			faults = append(faults, fmt.Sprintf("nobody sent %.40q", r.received))
			continue
		}
		found[c.id] = true
		size += len(r.received) + len(r.sent)
		if !bytes.HasPrefix(r.received, c.host.got) || !bytes.HasPrefix(c.client.sent, r.received) ||
			!bytes.HasPrefix(r.sent, c.client.got) || !bytes.HasPrefix(c.host.sent, r.sent) {
			faults = append(faults, fmt.Sprintf("conversation %d is recorded otherwise", c.id))
		}
	}
	if len(found) != len(all) {
		faults = append(faults, fmt.Sprintf("%d recorded instead of %d", len(found), len(all)))
	}
	return fmt.Sprintf("%d conversations, %d bytes", len(found), size), faults
}
