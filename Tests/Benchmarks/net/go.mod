module gobtalk.test/net

go 1.27
