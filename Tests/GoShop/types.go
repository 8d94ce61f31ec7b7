package main

import (
	"math/big"
	"net/url"
	"time"
)

// sides is how many numbers a location has.
const sides = 2

// Status says how far an order is.
type Status int8

// The values of Status.
const (
	Open Status = iota
	Paid
	Shipped
)

// Money is an amount in a currency.
type Money struct {
	Cents    int64
	Currency string `json:"currency"`
}

// Audit is embedded where somebody must answer for something.
type Audit struct {
	Created time.Time
	By      string
}

// Address is where somebody lives.
type Address struct {
	Street   string
	Location [sides]float64
}

// Customer buys.
type Customer struct {
	Audit
	ID     uint64
	Emails map[string]string
	Home   *Address
	notes  []string // not sent
}

// Item is a line of an order.
type Item struct {
	Name   string
	Price  Money
	Tags   []string
	Weight float32
}

// Payment is how an order is paid; programs register what they pay with.
type Payment interface {
	Total() Money
}

// Card is a Payment.
type Card struct {
	Number [4]uint16
	Amount Money
}

// Total is what the card pays.
func (c Card) Total() Money { return c.Amount }

// Order has a field of nearly every kind.
type Order struct {
	Audit
	Number     int32
	Status     Status
	Buyer      *Customer
	Items      []Item
	Quantities map[string]uint16
	Paid       Payment
	Volume     big.Int
	Link       url.URL
	Checksum   [4]byte
	Photo      []byte
	Phase      complex64
	Gift       bool
	Wait       time.Duration
	Parts      []*Order
	Named      struct {
		Left, Right **int
	}
}

// Category is inside itself, in every way.
type Category struct {
	Name     string
	Parent   *Category
	Children []Category
	ByName   map[string]*Category
}
