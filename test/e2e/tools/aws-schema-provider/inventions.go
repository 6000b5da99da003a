package main

import (
	"regexp"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// inventions are the values of attributes that nobody set and others refer to. $x is attribute x of the same object,
// but for $hash, $account and $here, the region. What is not a text is JSON.
var inventions = patterns(`
aws_cloudwatch_log_group: id=$name arn=arn:aws:logs:$here:$account:log-group:$name
aws_default_security_group: id=sg-$hash arn=arn:aws:ec2:$here:$account:security-group/$id
aws_ecr_repository: id=$name arn=arn:aws:ecr:$here:$account:repository/$name registry_id=$account
aws_ecr_repository: repository_url=$account.dkr.ecr.$here.amazonaws.com/$name
aws_eip: id=eipalloc-$hash allocation_id=$id arn=arn:aws:ec2:$here:$account:elastic-ip/$id
aws_eks_access_entry: id=$cluster_name:$principal_arn
aws_eks_access_entry: access_entry_arn=arn:aws:eks:$here:$account:access-entry/$cluster_name/$hash
aws_eks_access_policy_association: id=$cluster_name#$principal_arn#$policy_arn
aws_eks_addon: id=$cluster_name:$addon_name arn=arn:aws:eks:$here:$account:addon/$cluster_name/$addon_name/$hash
aws_eks_addon: addon_version=v1.0.0-eksbuild.1 configuration_values=
aws_eks_cluster: id=$name arn=arn:aws:eks:$here:$account:cluster/$name version=1.36 platform_version=eks.1
aws_eks_cluster: access_config=[{"authentication_mode":"CONFIG_MAP","bootstrap_cluster_creator_admin_permissions":true}]
aws_eks_cluster: endpoint=https://$hash.gr7.$here.eks.amazonaws.com
aws_eks_cluster: identity=[{"oidc":[{"issuer":"https://oidc.eks.$here.amazonaws.com/id/$hash"}]}]
aws_eks_cluster: upgrade_policy=[{"support_type":"EXTENDED"}]
aws_eks_identity_provider_config: id=$cluster_name:$hash
aws_eks_identity_provider_config: arn=arn:aws:eks:$here:$account:identityproviderconfig/$cluster_name/oidc/$hash
aws_eks_node_group: id=$cluster_name:$node_group_name
aws_eks_node_group: arn=arn:aws:eks:$here:$account:nodegroup/$cluster_name/$node_group_name/$hash
aws_eks_node_group: ami_type=AL2023_x86_64_STANDARD capacity_type=ON_DEMAND instance_types=["t3.medium"] disk_size=20
aws_eks_pod_identity_association: id=a-$hash association_id=$id
aws_eks_pod_identity_association: association_arn=arn:aws:eks:$here:$account:podidentityassociation/$cluster_name/$id
aws_flow_log: id=fl-$hash arn=arn:aws:ec2:$here:$account:vpc-flow-log/$id
aws_iam_policy: id=$arn arn=arn:aws:iam::$account:policy/$name
aws_iam_role: id=$name arn=arn:aws:iam::$account:role/$name
aws_iam_role_policy: id=$role:$name
aws_iam_role_policy_attachment: id=$role-$hash
aws_internet_gateway: id=igw-$hash arn=arn:aws:ec2:$here:$account:internet-gateway/$id
aws_kms_alias: id=$name arn=arn:aws:kms:$here:$account:$name
aws_kms_key: id=$key_id key_id=00000000-0000-4000-8000-$hash arn=arn:aws:kms:$here:$account:key/$key_id
aws_launch_template: id=lt-$hash arn=arn:aws:ec2:$here:$account:launch-template/$id
aws_nat_gateway: id=nat-$hash
aws_route: id=r-$hash
aws_route53_record: id=${zone_id}_${name}_$type fqdn=$name
aws_route53_zone: id=$zone_id zone_id=Z$hash arn=arn:aws:route53:::hostedzone/$zone_id
aws_route53_zone: name_servers=["ns-1.example.com","ns-2.example.net","ns-3.example.org","ns-4.example.co.uk"]
aws_route_table: id=rtb-$hash arn=arn:aws:ec2:$here:$account:route-table/$id
aws_route_table_association: id=rtbassoc-$hash
aws_s3_bucket: id=$bucket arn=arn:aws:s3:::$bucket bucket_domain_name=$bucket.s3.amazonaws.com
aws_s3_bucket: bucket_regional_domain_name=$bucket.s3.$here.amazonaws.com
aws_security_group: id=sg-$hash arn=arn:aws:ec2:$here:$account:security-group/$id ingress=[] egress=[]
aws_subnet: id=subnet-$hash arn=arn:aws:ec2:$here:$account:subnet/$id availability_zone=${here}a
aws_vpc: id=vpc-$hash arn=arn:aws:ec2:$here:$account:vpc/$id cidr_block=10.0.0.0/16 default_security_group_id=sg-$hash
aws_vpc_endpoint: id=vpce-$hash arn=arn:aws:ec2:$here:$account:vpc-endpoint/$id
aws_vpc_security_group_egress_rule: id=sgr-$hash security_group_rule_id=$id
aws_vpc_security_group_ingress_rule: id=sgr-$hash security_group_rule_id=$id
data.aws_availability_zones: id=$here names=["${here}a","${here}b","${here}c"]
data.aws_availability_zones: zone_ids=["use1-az1","use1-az2","use1-az3"]
data.aws_caller_identity: id=$account account_id=$account user_id=AIDASTUB arn=arn:aws:iam::$account:user/stub
data.aws_ec2_managed_prefix_list: id=pl-$hash arn=arn:aws:ec2:$here:aws:prefix-list/$id
data.aws_eks_addon_version: id=$addon_name version=v${kubernetes_version}.0-eksbuild.1
data.aws_eks_cluster: id=$name arn=arn:aws:eks:$here:$account:cluster/$name version=1.36 platform_version=eks.1
data.aws_eks_cluster: access_config=[{"authentication_mode":"CONFIG_MAP","bootstrap_cluster_creator_admin_permissions":true}]
data.aws_eks_cluster: endpoint=https://$hash.gr7.$here.eks.amazonaws.com
data.aws_eks_cluster: identity=[{"oidc":[{"issuer":"https://oidc.eks.$here.amazonaws.com/id/$hash"}]}]
data.aws_eks_cluster: upgrade_policy=[{"support_type":"EXTENDED"}]
data.aws_partition: id=aws partition=aws dns_suffix=amazonaws.com reverse_dns_prefix=com.amazonaws
data.aws_region: id=$region name=$region endpoint=ec2.$region.amazonaws.com
data.aws_route53_zone: id=$zone_id zone_id=Z$hash arn=arn:aws:route53:::hostedzone/$zone_id
data.aws_ssm_parameter: id=$name type=String insecure_value=$value arn=arn:aws:ssm:$here:$account:parameter$name
`)

// patterns reads lines of the form `type: attribute=pattern attribute=pattern`.
func patterns(text string) map[string]map[string]string {
	found := map[string]map[string]string{}
	for kind, words := range table(text) {
		found[kind] = map[string]string{}
		for _, word := range words {
			name, pattern, _ := strings.Cut(word, "=")
			found[kind][name] = pattern
		}
	}
	return found
}

// parameterValue is that of Amazon's public parameters about machine images.
func parameterValue(name string) cty.Value {
	hash := contentHash("parameter", []byte(name))
	switch last := name[strings.LastIndex(name, "/")+1:]; {
	case last == "release_version": // of Amazon Linux
		return cty.StringVal(regexp.MustCompile(`1\.\d+`).FindString(name) + ".3-20261101")
	case last == "image_version": // of Bottlerocket
		return cty.StringVal("1.52.0-" + hash[:8])
	}
	return cty.StringVal("ami-" + hash)
}

// guesses are texts by the name of their attribute; the first that fits counts.
var guesses = []struct {
	name *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`(^|_)arn$`), "arn:aws:stub:$here:$account:$name/$hash"},
	{regexp.MustCompile(`owner_id$|account_id$`), account},
	{regexp.MustCompile(`security_group_id$`), "sg-$hash"},
	{regexp.MustCompile(`(^|_)id$`), "$name-$hash"},
	{regexp.MustCompile(`(^|_)(endpoint|url|uri)$`), "https://$hash.example.invalid"},
	{regexp.MustCompile(`cidr`), "172.20.0.0/16"},
	{regexp.MustCompile(`(^|_)ip(_address)?$`), "192.0.2.$octet"},
	{regexp.MustCompile(`_(at|date|time)$`), "2026-01-01T00:00:00Z"},
	{regexp.MustCompile(`^(status|state)$`), "ACTIVE"},
	{regexp.MustCompile(`^data$`), "c3R1YiBjZXJ0aWZpY2F0ZQ=="},
}
