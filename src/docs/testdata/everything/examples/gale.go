package main

func main() {
	Alarm("Accra")
}
