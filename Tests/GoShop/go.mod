module gobtalk.test/shop

go 1.19
