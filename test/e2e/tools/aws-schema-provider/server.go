package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// server answers what Terraform and OpenTofu call. The embedded nil interface stands for functions and ephemeral
// resources: none is advertised, so none is called.
type server struct {
	tfprotov5.ProviderServer
	schemas     schemas
	region      string
	defaultTags map[string]cty.Value
	mu          sync.Mutex
	seen        map[string]int // how often each content was made
}

func newServer(s schemas) *server {
	return &server{schemas: s, region: "us-east-1", seen: map[string]int{}}
}

func (s *server) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:           &tfprotov5.Schema{Block: wireBlock(providerBlock)},
		ResourceSchemas:    wireSchemas(s.schemas.resources),
		DataSourceSchemas:  wireSchemas(s.schemas.dataSources),
		ServerCapabilities: &tfprotov5.ServerCapabilities{GetProviderSchemaOptional: true},
	}, nil
}

func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *server) PrepareProviderConfig(_ context.Context, r *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: r.Config}, nil
}

// ConfigureProvider remembers the region and the default tags, which shape plans.
func (s *server) ConfigureProvider(_ context.Context, r *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	config, err := decode(r.Config, blockType(providerBlock))
	if err != nil {
		return nil, err
	}
	if region := config.GetAttr("region"); region.IsKnown() && !region.IsNull() {
		s.region = region.AsString()
	}
	for _, block := range elements(config.GetAttr("default_tags")) {
		if tags := block.GetAttr("tags"); tags.IsWhollyKnown() && !tags.IsNull() {
			s.defaultTags = tags.AsValueMap()
		}
	}
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (s *server) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *server) ValidateResourceTypeConfig(_ context.Context, r *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	diagnostics, err := check(r.TypeName, s.schemas.resources[r.TypeName].Block, r.Config)
	return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: diagnostics}, err
}

func (s *server) ValidateDataSourceConfig(_ context.Context, r *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	diagnostics, err := check("data."+r.TypeName, s.schemas.dataSources[r.TypeName].Block, r.Config)
	return &tfprotov5.ValidateDataSourceConfigResponse{Diagnostics: diagnostics}, err
}

// UpgradeResourceState reads the stored JSON again: there is one version of each schema.
func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	kind := blockType(s.schemas.resources[r.TypeName].Block)
	value, err := ctyjson.Unmarshal(r.RawState.JSON, kind)
	if err != nil {
		return nil, err
	}
	upgraded, err := encode(value, kind)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: upgraded}, err
}

// ReadResource finds no drift: what stands in the state is what exists.
func (s *server) ReadResource(_ context.Context, r *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{NewState: r.CurrentState, Private: r.Private}, nil
}

func (s *server) ImportResourceState(_ context.Context, r *tfprotov5.ImportResourceStateRequest) (*tfprotov5.ImportResourceStateResponse, error) {
	return nil, fmt.Errorf("%s cannot be imported: there is no AWS behind this provider", r.TypeName)
}

func (s *server) MoveResourceState(_ context.Context, r *tfprotov5.MoveResourceStateRequest) (*tfprotov5.MoveResourceStateResponse, error) {
	return nil, fmt.Errorf("this provider cannot move state to %s", r.TargetTypeName)
}

func decode(value *tfprotov5.DynamicValue, kind cty.Type) (cty.Value, error) {
	return msgpack.Unmarshal(value.MsgPack, kind)
}

func encode(value cty.Value, kind cty.Type) (*tfprotov5.DynamicValue, error) {
	bytes, err := msgpack.Marshal(value, kind)
	return &tfprotov5.DynamicValue{MsgPack: bytes}, err
}
