package main

import (
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

type visitor func(path string, attribute *tfjson.SchemaAttribute, value cty.Value)

// visit calls do for every attribute of a value at any depth, with its dotted path.
func visit(block *tfjson.SchemaBlock, value cty.Value, prefix string, do visitor) {
	if value.IsNull() || !value.IsKnown() {
		return
	}
	for name, attribute := range block.Attributes {
		do(prefix+name, attribute, value.GetAttr(name))
	}
	for name, nested := range block.NestedBlocks {
		inner := value.GetAttr(name)
		if nested.NestingMode == tfjson.SchemaNestingModeSingle {
			visit(nested.Block, inner, prefix+name+".", do)
			continue
		}
		for _, element := range elements(inner) {
			visit(nested.Block, element, prefix+name+".", do)
		}
	}
}

// elements are the members of a collection; null and unknown have none.
func elements(value cty.Value) []cty.Value {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}
	return value.AsValueSlice()
}

// words are the texts that a value holds: itself, or the members of a collection; numbers in digits. What is not known
// yet, or null, holds none.
func words(value cty.Value) (found []string) {
	switch kind := value.Type(); {
	case value.IsNull() || !value.IsKnown():
	case kind == cty.String:
		found = append(found, value.AsString())
	case kind == cty.Number:
		found = append(found, value.AsBigFloat().Text('f', -1))
	case kind.IsCollectionType() && kind.ElementType().IsPrimitiveType():
		for _, element := range value.AsValueSlice() {
			found = append(found, words(element)...)
		}
	}
	return found
}

// attributeAt finds the schema of the attribute at which a path of a value ends, nil where it ends at a block or inside
// an attribute.
func attributeAt(block *tfjson.SchemaBlock, path cty.Path) (found *tfjson.SchemaAttribute) {
	for _, step := range path {
		get, named := step.(cty.GetAttrStep)
		if found != nil || block == nil {
			return nil
		}
		if !named {
			continue
		}
		if found = block.Attributes[get.Name]; found == nil {
			if nested := block.NestedBlocks[get.Name]; nested != nil {
				block = nested.Block
			}
		}
	}
	return found
}

// markUnknown makes what the provider would compute unknown where it is not set, and write-only values null.
func markUnknown(block *tfjson.SchemaBlock, value cty.Value) cty.Value {
	marked, _ := cty.Transform(value, func(path cty.Path, inner cty.Value) (cty.Value, error) {
		switch attribute := attributeAt(block, path); {
		case attribute == nil:
			return inner, nil
		case attribute.WriteOnly:
			return cty.NullVal(inner.Type()), nil
		case attribute.Computed && inner.IsNull():
			return cty.UnknownVal(inner.Type()), nil
		}
		return inner, nil
	})
	return marked
}
