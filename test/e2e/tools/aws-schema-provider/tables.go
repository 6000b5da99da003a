package main

import (
	"maps"
	"slices"
	"strings"
)

// lines are those of a text that say something.
func lines(text string) (found []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// table reads lines of the form `key: word word`; a key that comes again adds to its words.
func table(text string) map[string][]string {
	found := map[string][]string{}
	for _, line := range lines(text) {
		key, words, ok := strings.Cut(line, ": ")
		if !ok {
			panic(line)
		}
		found[key] = append(found[key], strings.Fields(words)...)
	}
	return found
}

// checkTables names every entry of a table that no schema knows. A misspelt one would else check nothing for ever.
func checkTables(s schemas) (mistakes []string) {
	expect := func(kind, path string) {
		if attribute, block := s.at(kind, path); attribute == nil && block == nil {
			mistakes = append(mistakes, kind+" "+path)
		}
	}
	for kind, paths := range replacements {
		for _, path := range paths {
			expect(kind, path)
		}
	}
	for _, group := range exclusives {
		for _, name := range group.names {
			expect(group.kind, name)
		}
	}
	for kind, patterns := range inventions {
		for name := range patterns {
			expect(kind, name)
		}
	}
	for kind, names := range computedBlocks {
		for _, name := range names {
			expect(kind, name)
		}
	}
	for _, keys := range [][]string{
		slices.Collect(maps.Keys(allowedValues)), slices.Collect(maps.Keys(ranges)),
		slices.Collect(maps.Keys(networks)), slices.Collect(maps.Keys(texts)),
	} {
		for _, key := range keys {
			kind, path, _ := strings.Cut(key, " ")
			expect(kind, path)
		}
	}
	slices.Sort(mistakes)
	return mistakes
}
