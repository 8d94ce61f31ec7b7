module gobtalk.test/forward

go 1.19
