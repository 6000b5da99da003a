package main

import (
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// wireSchemas are schemas as the protocol carries them, without descriptions.
func wireSchemas(of map[string]*tfjson.Schema) map[string]*tfprotov5.Schema {
	wired := map[string]*tfprotov5.Schema{}
	for name, schema := range of {
		wired[name] = &tfprotov5.Schema{Version: int64(schema.Version), Block: wireBlock(schema.Block)}
	}
	return wired
}

// The AWS schemas nest blocks in these ways only.
var wireNesting = map[tfjson.SchemaNestingMode]tfprotov5.SchemaNestedBlockNestingMode{
	tfjson.SchemaNestingModeSingle: tfprotov5.SchemaNestedBlockNestingModeSingle,
	tfjson.SchemaNestingModeList:   tfprotov5.SchemaNestedBlockNestingModeList,
	tfjson.SchemaNestingModeSet:    tfprotov5.SchemaNestedBlockNestingModeSet,
}

func wireBlock(block *tfjson.SchemaBlock) *tfprotov5.SchemaBlock {
	wired := &tfprotov5.SchemaBlock{Deprecated: block.Deprecated}
	for name, a := range block.Attributes {
		wired.Attributes = append(wired.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: wireType(a.AttributeType), Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly,
		})
	}
	for name, nested := range block.NestedBlocks {
		wired.BlockTypes = append(wired.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: wireBlock(nested.Block), Nesting: wireNesting[nested.NestingMode],
			MinItems: int64(nested.MinItems), MaxItems: int64(nested.MaxItems),
		})
	}
	return wired
}

func wireType(kind cty.Type) tftypes.Type {
	text, err := ctyjson.MarshalType(kind)
	if err != nil {
		panic(err) // the schemas are constants
	}
	wired, err := tftypes.ParseJSONType(text)
	if err != nil {
		panic(err)
	}
	return wired
}

// blockType is the type of the object that a block decodes to.
func blockType(block *tfjson.SchemaBlock) cty.Type {
	members := map[string]cty.Type{}
	for name, attribute := range block.Attributes {
		members[name] = attribute.AttributeType
	}
	for name, nested := range block.NestedBlocks {
		members[name] = blockType(nested.Block)
		switch nested.NestingMode {
		case tfjson.SchemaNestingModeList:
			members[name] = cty.List(members[name])
		case tfjson.SchemaNestingModeSet:
			members[name] = cty.Set(members[name])
		}
	}
	return cty.Object(members)
}
