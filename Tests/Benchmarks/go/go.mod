module gobbench

go 1.22
