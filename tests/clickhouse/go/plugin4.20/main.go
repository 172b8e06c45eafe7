// Talks to the embedded server as Grafana's ClickHouse plugin does: over HTTP, through database/sql.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

func main() {
	db := clickhouse.OpenDB(&clickhouse.Options{
		Protocol:    clickhouse.HTTP,
		Addr:        []string{os.Args[1]},
		Auth:        clickhouse.Auth{Database: "casestream", Username: "board"},
		Compression: &clickhouse.Compression{Method: clickhouse.CompressionGZIP},
	})
	if err := db.Ping(); err != nil {
		log.Fatal("ping: ", err)
	}
	var text string
	var number uint64
	var at time.Time
	row := db.QueryRow("SELECT 'it''s', toUInt64(7), toDateTime64('2025-03-30 01:30:00.5', 3, 'UTC')")
	if err := row.Scan(&text, &number, &at); err != nil {
		log.Fatal("types: ", err)
	}
	fmt.Println(text, number, at.UTC().Format(time.RFC3339Nano))
	rows, err := db.Query("SELECT number, toNullable(toString(number)), ['a', 'b'], toLowCardinality('x') FROM numbers(70000)")
	if err != nil {
		log.Fatal("rows: ", err)
	}
	count := 0
	for rows.Next() {
		var n uint64
		var s sql.NullString
		var words []string
		var word string
		if err := rows.Scan(&n, &s, &words, &word); err != nil {
			log.Fatal("scan: ", err)
		}
		count++
	}
	if rows.Err() != nil {
		log.Fatal("rows: ", rows.Err())
	}
	fmt.Println(count)
	empty, err := db.Query("SELECT case_id, force FROM cases FINAL WHERE case_id = 'none'")
	if err != nil {
		log.Fatal("empty: ", err)
	}
	names, _ := empty.Columns()
	fmt.Println(names, empty.Next())
	_, err = db.Query("SELECT * FROM events")
	fmt.Println(err != nil)
	if err := db.QueryRow("SELECT 1").Scan(&number); err != nil {
		log.Fatal("after an error: ", err)
	}
	fmt.Println(number)
}
