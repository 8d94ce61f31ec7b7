module gobtalk.test/peer

go 1.19
