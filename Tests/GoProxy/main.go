// Command proxy is both sides of many conversations that a proxy carries, and
// compares what each side sent with what the other one got.
//
//	proxy -n 500 -c 16
//
// Its first line on standard output is the address of the host. Then it reads
// lines: the address of the proxy, where the conversations are led, after the same
// ones without a proxy, for the time that they take; and when they are over the paths
// of what the proxy prints as events, and of its recording, which are to have all that
// was said, in the end. It prints what it found to be the same, and ends with 1 where
// something is not.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

func main() {
	log.SetFlags(0)
	count := flag.Int("n", 500, "lead so many conversations")
	atOnce := flag.Int("c", 16, "so many at once")
	size := flag.Int("big", 300_000, "the size of a large message, in bytes")
	flag.Parse()
	address, all := host(*count, *size)
	fmt.Println(address)
	input := bufio.NewScanner(os.Stdin)
	input.Scan()
	straight, others := host(*count, *size)
	without := lead(others, straight, *atOnce)
	with := lead(all, input.Text(), *atOnce)
	faults := compare(others)
	report(faults)
	faults = compare(all)
	var bytes int
	for _, c := range all {
		bytes += len(c.client.sent) + len(c.host.sent)
	}
	report(faults)
	fmt.Printf("identical: %d conversations, %d bytes\n", *count, bytes)
	fmt.Printf("time: %.2f s, and %.2f s without a proxy, %.2f of it\n",
		with.Seconds(), without.Seconds(), without.Seconds()/with.Seconds())
	input.Scan()
	paths := strings.Fields(input.Text())
	waitForEvents(paths[0], all)
	shown, faults := checkEvents(paths[0], all)
	report(faults)
	fmt.Println("shown:", shown)
	waitForRecording(paths[1], all)
	recorded, faults := checkRecording(paths[1], all)
	report(faults)
	fmt.Println("recorded:", recorded)
}

// report ends the program where there are faults.
func report(faults []string) {
	if len(faults) == 0 {
		return
	}
	for i, fault := range faults {
		if i == 20 {
			break
		}
		log.Println(fault)
	}
	log.Fatalf("%d faults", len(faults))
}

// host listens for so many conversations, and answers them.
func host(count, size int) (address string, all []*conversation) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	for id := 0; id < count; id++ {
		all = append(all, newConversation(id, size))
	}
	go serve(listener, all)
	return listener.Addr().String(), all
}

// compare says what did not arrive as it was sent.
func compare(all []*conversation) (faults []string) {
	for _, c := range all {
		faults = append(faults, c.compare()...)
	}
	return faults
}

// lead has the client's side of every conversation, so many at once, and says how long it took.
func lead(all []*conversation, address string, atOnce int) time.Duration {
	begin := time.Now()
	var group sync.WaitGroup
	turns := make(chan struct{}, atOnce)
	for _, c := range all {
		turns <- struct{}{}
		group.Add(1)
		go func(c *conversation) {
			defer group.Done()
			defer func() { <-turns }()
			conn, err := net.Dial("tcp", address)
			if err != nil {
				c.client.err = err
				close(c.hostDone)
				return
			}
			c.lead(&c.client, conn.(*net.TCPConn))
			<-c.hostDone
		}(c)
	}
	group.Wait()
	return time.Since(begin)
}
