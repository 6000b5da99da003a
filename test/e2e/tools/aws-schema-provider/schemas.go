package main

import (
	"fmt"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// schemas are those of provider 6.0.0, with what later.go adds.
type schemas struct {
	resources   map[string]*tfjson.Schema
	dataSources map[string]*tfjson.Schema
}

func loadSchemas() schemas {
	s := schemas{resources: map[string]*tfjson.Schema{}, dataSources: map[string]*tfjson.Schema{}}
	for name, load := range servedResources {
		s.resources[name] = load()
	}
	for name, load := range servedDataSources {
		s.dataSources[name] = load()
	}
	for _, line := range later {
		words := strings.Fields(line)
		s.add(words[0], words[1], words[2:])
	}
	return s
}

// block is that of a resource, or of a data source, which is written `data.aws_partition`; nil where there is none.
func (s schemas) block(kind string) *tfjson.SchemaBlock {
	of := s.resources
	if name, ok := strings.CutPrefix(kind, "data."); ok {
		kind, of = name, s.dataSources
	}
	if of[kind] == nil {
		return nil
	}
	return of[kind].Block
}

// at finds an attribute or a block by its dotted path.
func (s schemas) at(kind, path string) (*tfjson.SchemaAttribute, *tfjson.SchemaBlockType) {
	block := s.block(kind)
	names := strings.Split(path, ".")
	for i, name := range names {
		if block == nil {
			return nil, nil
		}
		if i == len(names)-1 {
			return block.Attributes[name], block.NestedBlocks[name]
		}
		if block.NestedBlocks[name] == nil {
			return nil, nil
		}
		block = block.NestedBlocks[name].Block
	}
	return nil, nil
}

var simpleTypes = map[string]cty.Type{"string": cty.String, "bool": cty.Bool, "number": cty.Number,
	"list": cty.List(cty.String), "set": cty.Set(cty.String), "map": cty.Map(cty.String)}

var nestings = map[string]*tfjson.SchemaBlockType{
	"block":      {NestingMode: tfjson.SchemaNestingModeList, MaxItems: 1},
	"block-list": {NestingMode: tfjson.SchemaNestingModeList},
	"block-set":  {NestingMode: tfjson.SchemaNestingModeSet},
}

// add puts an attribute or an empty block into a schema, or over the one that is there.
func (s schemas) add(kind, path string, words []string) {
	block, name := s.block(kind), path
	if outer, last, ok := cutLast(path); ok {
		_, nested := s.at(kind, outer)
		block, name = nested.Block, last
	}
	if nesting, ok := nestings[words[0]]; ok {
		if block.NestedBlocks == nil {
			block.NestedBlocks = map[string]*tfjson.SchemaBlockType{}
		}
		copied := *nesting
		copied.Block = &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{}}
		block.NestedBlocks[name] = &copied
		return
	}
	attribute := &tfjson.SchemaAttribute{AttributeType: simpleTypes[words[0]]}
	for _, word := range words[1:] {
		switch word {
		case "required":
			attribute.Required = true
		case "optional":
			attribute.Optional = true
		case "computed":
			attribute.Computed = true
		default:
			panic(fmt.Sprintf("%s.%s: %s", kind, path, word))
		}
	}
	block.Attributes[name] = attribute
}

func cutLast(path string) (outer, last string, ok bool) {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}
