package main

import (
	"os"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

const account = "123456789012"

// invent gives everything unknown a value: that of inventions, else x_prefix and more for an x that has one, else a guess.
func (s *server) invent(kind, hash string, value cty.Value) cty.Value {
	filled, _ := cty.Transform(value, func(path cty.Path, inner cty.Value) (cty.Value, error) {
		if inner.IsKnown() {
			return inner, nil
		}
		name := lastName(path)
		if len(path) == 1 && value.Type().HasAttribute(name+"_prefix") {
			if prefix := value.GetAttr(name + "_prefix"); prefix.IsKnown() && !prefix.IsNull() {
				return cty.StringVal(prefix.AsString() + hash), nil
			}
		}
		return s.guess(name, hash, inner.Type()), nil
	})
	values := filled.AsValueMap()
	expand := s.expander(kind, hash, value, values)
	for name := range inventions[kind] {
		guessed := values[name]
		if value.GetAttr(name).IsKnown() {
			continue
		}
		if guessed.Type() == cty.String {
			values[name] = cty.StringVal(expand(name))
		} else if invented, err := ctyjson.Unmarshal([]byte(expand(name)), guessed.Type()); err == nil {
			values[name] = invented
		}
	}
	return cty.ObjectVal(values)
}

// expander resolves the names in the patterns of inventions.
func (s *server) expander(kind, hash string, original cty.Value, values map[string]cty.Value) func(string) string {
	var expand func(string) string
	expand = func(name string) string {
		value := values[name]
		pattern, invented := inventions[kind][name]
		switch {
		case invented && !original.GetAttr(name).IsKnown():
			return os.Expand(pattern, expand)
		case name == "hash":
			return hash
		case name == "account":
			return account
		case name == "here" && values["region"] == cty.NilVal:
			return s.region
		case name == "here":
			return values["region"].AsString()
		case value == cty.NilVal || value.IsNull() || value.Type() != cty.String:
			return ""
		}
		return value.AsString()
	}
	return expand
}

func lastName(path cty.Path) (name string) {
	for _, step := range path {
		if get, named := step.(cty.GetAttrStep); named {
			name = get.Name
		}
	}
	return name
}

// guess makes a value of a type. A list of objects gets one, so that x[0].y resolves.
func (s *server) guess(name, hash string, kind cty.Type) cty.Value {
	switch {
	case kind.IsObjectType():
		members := map[string]cty.Value{}
		for member, of := range kind.AttributeTypes() {
			members[member] = s.guess(member, hash, of)
		}
		return cty.ObjectVal(members)
	case kind.IsListType() && kind.ElementType().IsObjectType():
		return cty.ListVal([]cty.Value{s.guess(name, hash, kind.ElementType())})
	case kind.IsListType():
		return cty.ListValEmpty(kind.ElementType())
	case kind.IsSetType():
		return cty.SetValEmpty(kind.ElementType())
	case kind.IsMapType():
		return cty.MapValEmpty(kind.ElementType())
	case kind == cty.Number:
		return cty.NumberIntVal(1)
	case kind == cty.Bool:
		return cty.False
	case kind != cty.String:
		return cty.NullVal(kind)
	}
	for _, guess := range guesses {
		if guess.name.MatchString(name) {
			number, _ := strconv.ParseUint(hash[:7], 16, 64)
			fill := strings.NewReplacer("$name", strings.ReplaceAll(name, "_", "-"), "$hash", hash, "$account", account,
				"$here", s.region, "$octet", strconv.FormatUint(1+number%254, 10))
			return cty.StringVal(fill.Replace(guess.text))
		}
	}
	return cty.StringVal(name + "-" + hash)
}
