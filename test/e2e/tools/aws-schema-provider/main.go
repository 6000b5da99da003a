// Command aws-schema-provider stands in for the AWS provider of Terraform in tests.
//
// It serves the provider's schemas and talks to nobody: a plan marks what AWS would choose as unknown, an apply makes up
// stable values for it, and Terraform's state is the only cloud. README.md says what that shows and what it cannot.
package main

import (
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
)

func main() {
	schemas := loadSchemas()
	if mistakes := checkTables(schemas); len(mistakes) > 0 {
		log.Fatalf("tables that do not fit the schemas: %q", mistakes)
	}
	newServer := func() tfprotov5.ProviderServer { return newServer(schemas) }
	if err := tf5server.Serve("registry.terraform.io/hashicorp/aws", newServer); err != nil {
		log.Fatal(err)
	}
}
