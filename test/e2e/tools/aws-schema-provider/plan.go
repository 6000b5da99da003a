package main

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/zclconf/go-cty/cty"
)

// computedBlocks are those that AWS fills in where the configuration leaves them out. The schemas do not say so.
var computedBlocks = table(`
aws_eks_cluster: access_config control_plane_scaling_config kubernetes_network_config upgrade_policy
aws_eks_node_group: node_repair_config update_config
aws_launch_template: metadata_options
`)

// PlanResourceChange keeps Terraform's proposal, which is the configuration over computed values of before, and marks
// as unknown what AWS would choose. The legacy flag lets whole blocks be unknown, as it does for the real provider.
func (s *server) PlanResourceChange(_ context.Context, r *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	answer := &tfprotov5.PlanResourceChangeResponse{
		PlannedState: r.ProposedNewState, PlannedPrivate: r.PriorPrivate, UnsafeToUseLegacyTypeSystem: true,
	}
	block := s.schemas.resources[r.TypeName].Block
	kind := blockType(block)
	prior, err := decode(r.PriorState, kind)
	if err != nil {
		return nil, err
	}
	proposed, err := decode(r.ProposedNewState, kind)
	if err != nil || proposed.IsNull() {
		return answer, err
	}
	config, err := decode(r.Config, kind)
	if err != nil {
		return nil, err
	}
	planned := markUnknown(block, proposed).AsValueMap()
	for _, name := range computedBlocks[r.TypeName] {
		if value := planned[name]; value.IsKnown() && value.LengthInt() == 0 {
			planned[name] = cty.UnknownVal(value.Type())
			if !prior.IsNull() {
				planned[name] = prior.GetAttr(name)
			}
		}
	}
	s.defaultRegion(planned, config)
	if tags, tagged := planned["tags"]; tagged && block.Attributes["tags_all"] != nil && config.GetAttr("tags_all").IsNull() {
		planned["tags_all"] = mergeTags(s.defaultTags, tags)
	}
	if !prior.IsNull() {
		countVersion(r.TypeName, prior, planned)
		answer.RequiresReplace = requiresReplace(r.TypeName, prior, cty.ObjectVal(planned))
	}
	answer.PlannedState, err = encode(cty.ObjectVal(planned), kind)
	return answer, err
}

// versionless is what a launch template can change without a new version of it.
var versionless = []string{"default_version", "tags", "tags_all", "update_default_version"}

// countVersion announces a new version of a launch template where something of it changes, so that node groups that
// follow its latest version change in the same plan.
func countVersion(kind string, prior cty.Value, planned map[string]cty.Value) {
	if kind != "aws_launch_template" {
		return
	}
	for name, value := range planned {
		if slices.Contains(versionless, name) || unchanged(prior.GetAttr(name), value) {
			continue
		}
		planned["latest_version"] = cty.UnknownVal(cty.Number)
		if follow := planned["update_default_version"]; follow.IsKnown() && !follow.IsNull() && follow.True() {
			planned["default_version"] = cty.UnknownVal(cty.Number)
		}
		return
	}
}

// defaultRegion gives what names no region the provider's. Some types call something else than a text so.
func (s *server) defaultRegion(values map[string]cty.Value, config cty.Value) {
	region, ok := values["region"]
	if ok && region.Type() == cty.String && !region.IsKnown() && config.GetAttr("region").IsNull() {
		values["region"] = cty.StringVal(s.region)
	}
}

// mergeTags computes tags_all: the provider's tags under the resource's own.
func mergeTags(defaults map[string]cty.Value, tags cty.Value) cty.Value {
	if !tags.IsKnown() {
		return cty.UnknownVal(cty.Map(cty.String))
	}
	all := map[string]cty.Value{}
	for key, value := range defaults {
		all[key] = value
	}
	if !tags.IsNull() {
		for key, value := range tags.AsValueMap() {
			all[key] = value
		}
	}
	if len(all) == 0 {
		return cty.MapValEmpty(cty.String)
	}
	return cty.MapVal(all)
}
