package main

import "fmt"

func main() {
	fmt.Println(Compare("fast", "faster"))
}
