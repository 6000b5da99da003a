package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/zclconf/go-cty/cty"
)

// ApplyResourceChange makes a resource: what is unknown gets a value.
func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	answer := &tfprotov5.ApplyResourceChangeResponse{
		NewState: r.PlannedState, Private: r.PlannedPrivate, UnsafeToUseLegacyTypeSystem: true,
	}
	kind := blockType(s.schemas.resources[r.TypeName].Block)
	prior, err := decode(r.PriorState, kind)
	if err != nil {
		return nil, err
	}
	planned, err := decode(r.PlannedState, kind)
	if err != nil || planned.IsNull() {
		return answer, err
	}
	if !prior.IsNull() && r.TypeName == "aws_launch_template" {
		planned = nextVersion(prior, planned)
	}
	made := s.invent(r.TypeName, s.identity(r.TypeName, r.PlannedState.MsgPack), planned)
	answer.NewState, err = encode(made, kind)
	return answer, err
}

// nextVersion counts the versions of a launch template.
func nextVersion(prior, planned cty.Value) cty.Value {
	values := planned.AsValueMap()
	for _, name := range []string{"latest_version", "default_version"} {
		if !values[name].IsKnown() {
			values[name] = prior.GetAttr("latest_version").Add(cty.NumberIntVal(1))
		}
	}
	return cty.ObjectVal(values)
}

// ReadDataSource answers from the configuration alone, so that two reads agree.
func (s *server) ReadDataSource(_ context.Context, r *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	block := s.schemas.dataSources[r.TypeName].Block
	kind := blockType(block)
	config, err := decode(r.Config, kind)
	if err != nil {
		return nil, err
	}
	values := markUnknown(block, config).AsValueMap()
	s.defaultRegion(values, config)
	if r.TypeName == "aws_ssm_parameter" {
		values["value"] = parameterValue(config.GetAttr("name").AsString())
	}
	found := s.invent("data."+r.TypeName, contentHash(r.TypeName, r.Config.MsgPack), cty.ObjectVal(values))
	state, err := encode(found, kind)
	return &tfprotov5.ReadDataSourceResponse{State: state}, err
}

// identity follows from what is made; of two resources that are alike, the second gets another.
func (s *server) identity(kind string, content []byte) string {
	hash := contentHash(kind, content)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[hash]++; s.seen[hash] > 1 {
		return contentHash(hash, fmt.Append(nil, s.seen[hash]))
	}
	return hash
}

// contentHash has the 17 digits of an id of EC2.
func contentHash(kind string, content []byte) string {
	sum := sha256.Sum256(append([]byte(kind+"\x00"), content...))
	return hex.EncodeToString(sum[:])[:17]
}
