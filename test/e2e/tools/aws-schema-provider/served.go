package main

import (
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/lonegunmanb/terraform-aws-schema/v6/generated/data"
	"github.com/lonegunmanb/terraform-aws-schema/v6/generated/resource"
)

// The types that EKS stacks use, and their neighbours. A type that is not here is refused as unknown: add its line. All
// 1,500 would cost every start of Terraform two seconds.

var servedResources = map[string]func() *tfjson.Schema{
	"aws_cloudwatch_log_group":                           resource.AwsCloudwatchLogGroupSchema,
	"aws_default_security_group":                         resource.AwsDefaultSecurityGroupSchema,
	"aws_ecr_lifecycle_policy":                           resource.AwsEcrLifecyclePolicySchema,
	"aws_ecr_repository":                                 resource.AwsEcrRepositorySchema,
	"aws_ecr_repository_policy":                          resource.AwsEcrRepositoryPolicySchema,
	"aws_eip":                                            resource.AwsEipSchema,
	"aws_eks_access_entry":                               resource.AwsEksAccessEntrySchema,
	"aws_eks_access_policy_association":                  resource.AwsEksAccessPolicyAssociationSchema,
	"aws_eks_addon":                                      resource.AwsEksAddonSchema,
	"aws_eks_cluster":                                    resource.AwsEksClusterSchema,
	"aws_eks_identity_provider_config":                   resource.AwsEksIdentityProviderConfigSchema,
	"aws_eks_node_group":                                 resource.AwsEksNodeGroupSchema,
	"aws_eks_pod_identity_association":                   resource.AwsEksPodIdentityAssociationSchema,
	"aws_flow_log":                                       resource.AwsFlowLogSchema,
	"aws_iam_policy":                                     resource.AwsIamPolicySchema,
	"aws_iam_role":                                       resource.AwsIamRoleSchema,
	"aws_iam_role_policy":                                resource.AwsIamRolePolicySchema,
	"aws_iam_role_policy_attachment":                     resource.AwsIamRolePolicyAttachmentSchema,
	"aws_internet_gateway":                               resource.AwsInternetGatewaySchema,
	"aws_kms_alias":                                      resource.AwsKmsAliasSchema,
	"aws_kms_key":                                        resource.AwsKmsKeySchema,
	"aws_kms_key_policy":                                 resource.AwsKmsKeyPolicySchema,
	"aws_launch_template":                                resource.AwsLaunchTemplateSchema,
	"aws_nat_gateway":                                    resource.AwsNatGatewaySchema,
	"aws_route":                                          resource.AwsRouteSchema,
	"aws_route53_record":                                 resource.AwsRoute53RecordSchema,
	"aws_route53_zone":                                   resource.AwsRoute53ZoneSchema,
	"aws_route_table":                                    resource.AwsRouteTableSchema,
	"aws_route_table_association":                        resource.AwsRouteTableAssociationSchema,
	"aws_s3_bucket":                                      resource.AwsS3BucketSchema,
	"aws_s3_bucket_lifecycle_configuration":              resource.AwsS3BucketLifecycleConfigurationSchema,
	"aws_s3_bucket_logging":                              resource.AwsS3BucketLoggingSchema,
	"aws_s3_bucket_notification":                         resource.AwsS3BucketNotificationSchema,
	"aws_s3_bucket_ownership_controls":                   resource.AwsS3BucketOwnershipControlsSchema,
	"aws_s3_bucket_policy":                               resource.AwsS3BucketPolicySchema,
	"aws_s3_bucket_public_access_block":                  resource.AwsS3BucketPublicAccessBlockSchema,
	"aws_s3_bucket_server_side_encryption_configuration": resource.AwsS3BucketServerSideEncryptionConfigurationSchema,
	"aws_s3_bucket_versioning":                           resource.AwsS3BucketVersioningSchema,
	"aws_security_group":                                 resource.AwsSecurityGroupSchema,
	"aws_subnet":                                         resource.AwsSubnetSchema,
	"aws_vpc":                                            resource.AwsVpcSchema,
	"aws_vpc_endpoint":                                   resource.AwsVpcEndpointSchema,
	"aws_vpc_endpoint_policy":                            resource.AwsVpcEndpointPolicySchema,
	"aws_vpc_endpoint_route_table_association":           resource.AwsVpcEndpointRouteTableAssociationSchema,
	"aws_vpc_security_group_egress_rule":                 resource.AwsVpcSecurityGroupEgressRuleSchema,
	"aws_vpc_security_group_ingress_rule":                resource.AwsVpcSecurityGroupIngressRuleSchema,
}

var servedDataSources = map[string]func() *tfjson.Schema{
	"aws_availability_zones":      data.AwsAvailabilityZonesSchema,
	"aws_caller_identity":         data.AwsCallerIdentitySchema,
	"aws_ec2_managed_prefix_list": data.AwsEc2ManagedPrefixListSchema,
	"aws_eks_addon_version":       data.AwsEksAddonVersionSchema,
	"aws_eks_cluster":             data.AwsEksClusterSchema,
	"aws_partition":               data.AwsPartitionSchema,
	"aws_region":                  data.AwsRegionSchema,
	"aws_route53_zone":            data.AwsRoute53ZoneSchema,
	"aws_ssm_parameter":           data.AwsSsmParameterSchema,
}
