package main

import (
	encoding "encoding/json"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// check finds what Terraform leaves to the provider: arguments that are not arguments, or null where one is required,
// and values that AWS would not take. Terraform itself checks names, types and the number of blocks.
func check(kind string, block *tfjson.SchemaBlock, config *tfprotov5.DynamicValue) (found []*tfprotov5.Diagnostic, err error) {
	value, err := decode(config, blockType(block))
	if err != nil {
		return nil, err
	}
	report := func(path, problem string) {
		name, _, _ := strings.Cut(path, ".")
		found = append(found, &tfprotov5.Diagnostic{
			Severity:  tfprotov5.DiagnosticSeverityError,
			Attribute: tftypes.NewAttributePath().WithAttributeName(name),
			Summary:   "Invalid value for " + path,
			Detail:    fmt.Sprintf("%s: %s %s.", kind, path, problem),
		})
	}
	visit(block, value, "", func(path string, attribute *tfjson.SchemaAttribute, inner cty.Value) {
		switch {
		case attribute.Required && inner.IsNull():
			report(path, "is required, but its value is null")
		case attribute.Computed && !attribute.Optional && !inner.IsNull():
			report(path, "is read-only: AWS decides its value")
		case path == "tags" && inner.IsKnown() && !inner.IsNull():
			checkTags(inner, func(problem string) { report(path, problem) })
		}
		for _, word := range words(inner) {
			if problem := problemOf(kind+" "+path, word); problem != "" {
				report(path, fmt.Sprintf("%s, not %q", problem, word))
			}
		}
	})
	for _, group := range exclusives {
		if group.kind != kind {
			continue
		}
		set := slices.DeleteFunc(slices.Clone(group.names), func(name string) bool { return value.GetAttr(name).IsNull() })
		if len(set) > 1 || group.required && len(set) == 0 {
			report(group.names[0], fmt.Sprintf("is one of %s: only one of them can be set, and %d are", strings.Join(group.names, ", "), len(set)))
		}
	}
	return found, nil
}

// problemOf says what is wrong with a word at a place, nothing when it is right.
func problemOf(place, word string) string {
	if allowed := allowedValues[place]; allowed != nil && !slices.Contains(allowed, word) {
		return "must be one of " + strings.Join(allowed, ", ")
	}
	if ends := ranges[place]; ends != nil {
		number, err := strconv.ParseFloat(word, 64)
		if err != nil || number < bound(ends[0]) || number > bound(ends[1]) {
			return fmt.Sprintf("must be from %s to %s", ends[0], ends[1])
		}
	}
	if lengths := networks[place]; lengths != nil {
		address, network, err := net.ParseCIDR(word)
		if err != nil || !address.Equal(network.IP) {
			return "must be a network address in CIDR form"
		}
		if length, _ := network.Mask.Size(); float64(length) < bound(lengths[0]) || float64(length) > bound(lengths[1]) {
			return fmt.Sprintf("must be a network of length %s to %s", lengths[0], lengths[1])
		}
	}
	if rule, ok := texts[place]; ok {
		if rule == json {
			var object map[string]any
			if encoding.Unmarshal([]byte(word), &object) != nil {
				return rule.says
			}
		} else if !rule.pattern.MatchString(word) {
			return rule.says
		}
	}
	return ""
}

func bound(word string) float64 {
	number, err := strconv.ParseFloat(word, 64)
	if err != nil {
		panic(err) // the tables are constants
	}
	return number
}

func checkTags(tags cty.Value, report func(problem string)) {
	if tags.LengthInt() > 50 {
		report("has more than 50 tags")
	}
	for key, value := range tags.AsValueMap() {
		switch {
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			report(fmt.Sprintf("has the key %q, and aws: is Amazon's own", key))
		case key == "" || len(key) > 128 || !tagText.pattern.MatchString(key):
			report(fmt.Sprintf("has the key %q, which no service takes", key))
		}
		for _, word := range words(value) {
			if len(word) > 256 || !tagText.pattern.MatchString(word) {
				report(fmt.Sprintf("has the value %q, which no service takes", word))
			}
		}
	}
}
