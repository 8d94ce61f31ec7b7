module gobtalk.test/faults

go 1.19
