module gobtalk.test/proxy

go 1.19
