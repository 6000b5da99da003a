package main

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// providerBlock is the provider's own configuration, which the schema module lacks: a kind, then the optional arguments
// of that kind.
var providerBlock = optionalBlock(`
string: access_key custom_ca_bundle ec2_metadata_service_endpoint ec2_metadata_service_endpoint_mode http_proxy
string: https_proxy no_proxy profile region retry_mode s3_us_east_1_regional_endpoint secret_key
string: skip_metadata_api_check sts_region token
bool: insecure s3_use_path_style skip_credentials_validation skip_region_validation skip_requesting_account_id
bool: use_dualstack_endpoint use_fips_endpoint
number: max_retries token_bucket_rate_limiter_capacity
list: shared_config_files shared_credentials_files
set: allowed_account_ids forbidden_account_ids
`, map[string]*tfjson.SchemaBlockType{
	"default_tags": {NestingMode: "list", MaxItems: 1, Block: optionalBlock("map: tags", nil)},
	"ignore_tags":  {NestingMode: "list", MaxItems: 1, Block: optionalBlock("set: keys key_prefixes", nil)},
	"assume_role": {NestingMode: "list", Block: optionalBlock(`
		string: duration external_id policy role_arn session_name source_identity
		set: policy_arns transitive_tag_keys
		map: tags`, nil)},
	"assume_role_with_web_identity": {NestingMode: "list", MaxItems: 1, Block: optionalBlock(`
		string: duration policy role_arn session_name web_identity_token web_identity_token_file
		set: policy_arns`, nil)},
	// The real block has an argument for every service.
	"endpoints": {NestingMode: "set", Block: optionalBlock("string: "+strings.Join(services, " "), nil)},
})

var services = []string{"cloudwatchlogs", "ec2", "ecr", "eks", "iam", "kms", "route53", "s3", "servicequotas", "ssm", "sts"}

func optionalBlock(arguments string, nested map[string]*tfjson.SchemaBlockType) *tfjson.SchemaBlock {
	block := &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{}, NestedBlocks: nested}
	for kind, names := range table(arguments) {
		for _, name := range names {
			block.Attributes[name] = &tfjson.SchemaAttribute{AttributeType: simpleTypes[kind], Optional: true}
		}
	}
	return block
}
