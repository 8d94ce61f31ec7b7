package main

import (
	"fmt"
	"math/rand"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A peersReport says what the bad peers did, and how the good clients fared.
type peersReport struct {
	Mode              string           `json:"mode"`
	Seconds           float64          `json:"seconds"`
	Turns             map[string]int64 `json:"turns"`
	Sent              int              `json:"sent"`
	Answered          int              `json:"answered"`
	P50               float64          `json:"p50_ms"`
	P99               float64          `json:"p99_ms"`
	ShortP99          float64          `json:"short_p99_ms"`
	DescriptorsBefore int              `json:"descriptors_before"`
	DescriptorsMost   int              `json:"descriptors_most"`
	DescriptorsAfter  int              `json:"descriptors_after"`
	KiBBefore         int              `json:"kib_before"`
	KiBMost           int              `json:"kib_most"`
	KiBAfter          int              `json:"kib_after"`
	Complaints        map[string]int   `json:"complaints"`
}

// peers runs the bad peers beside the good clients.
func peers() (any, error) {
	s, err := start(append([]string{"--quiet"}, args()...)...)
	if err != nil {
		return nil, err
	}
	report := peersReport{Mode: "peers", Seconds: duration.Seconds(), Turns: map[string]int64{}}
	if err := s.warmUp(); err != nil {
		return nil, err
	}
	report.DescriptorsBefore, report.KiBBefore = s.descriptors(), s.memory()

	stop, stopGood := make(chan struct{}), make(chan struct{})
	var bad, good sync.WaitGroup
	turns := make([]int64, len(badPeers))
	for kind := range badPeers {
		for i := 0; i < *each; i++ {
			bad.Add(1)
			go func(kind, i int) {
				defer bad.Done()
				beBad(s.address, kind, i, &turns[kind], stop)
			}(kind, i)
		}
	}
	long := &goodClient{address: s.address}
	short := &goodClient{address: s.address, isShort: true}
	good.Add(2)
	go long.run(stopGood, &good)
	go short.run(stopGood, &good)

	for end := time.Now().Add(*duration); time.Now().Before(end); time.Sleep(250 * time.Millisecond) {
		report.DescriptorsMost = max(report.DescriptorsMost, s.descriptors())
		report.KiBMost = max(report.KiBMost, s.memory())
		if !s.alive() {
			return report, fmt.Errorf("the program has ended")
		}
	}
	close(stop)
	bad.Wait()
	close(stopGood)
	good.Wait()

	for kind, peer := range badPeers {
		report.Turns[peer.name] = turns[kind]
	}
	report.Sent, report.Answered = long.sent+short.sent, long.answered+short.answered
	report.P50, report.P99, report.ShortP99 = long.percentile(.5), long.percentile(.99), short.percentile(.99)
	report.DescriptorsAfter, err = s.settle(report.DescriptorsBefore)
	// It gives memory back a second after the connections have gone.
	time.Sleep(3 * time.Second)
	report.KiBAfter = s.memory()
	report.Complaints = s.complaints
	if endErr := s.end(); endErr != nil {
		return report, endErr
	}
	if fault := report.fault(append(long.failures, short.failures...)); fault != nil {
		return report, fault
	}
	return report, err
}

// fault is the first promise that was broken.
func (r *peersReport) fault(failures []string) error {
	switch {
	case len(failures) > 0:
		return fmt.Errorf("%d good messages were not answered: %s", len(failures), failures[0])
	case r.Sent == 0 || r.Answered != r.Sent:
		return fmt.Errorf("%d of %d good messages were answered", r.Answered, r.Sent)
	}
	for name, turns := range r.Turns {
		if turns == 0 {
			return fmt.Errorf("no peer that %s had its turn", name)
		}
	}
	return nil
}

// beBad is one bad peer after another, of one kind, until stop is closed. Each kind has an address of
// its own, so that what is allowed to one address costs no other.
func beBad(address string, kind, i int, turns *int64, stop <-chan struct{}) {
	random := rand.New(rand.NewSource(*seed*1000 + int64(kind*100+i)))
	local := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(kind+1))}
	remote, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		panic(err)
	}
	for turn := i; ; turn += *each {
		select {
		case <-stop:
			return
		default:
		}
		conn, err := net.DialTCP("tcp", local, remote)
		if err != nil {
			// Out of local ports, or refused: not at full speed.
			sleep(10*time.Millisecond, stop)
			continue
		}
		// Whatever it does, it does not go on after the end.
		finished := make(chan struct{})
		go func() {
			select {
			case <-stop:
				conn.SetDeadline(time.Now())
			case <-finished:
			}
		}()
		badPeers[kind].do(conn, turn, random, stop)
		close(finished)
		conn.Close()
		atomic.AddInt64(turns, 1)
	}
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}
