# A module that terraform takes and that is hard to read.
// The second style of comments,
/* and the third,
   over two lines } */ variable "commented" { type = string }

terraform {
  required_version = ">= 1.5, < 9.0.0" # both at once
  required_providers {
    terraform = { source = "terraform.io/builtin/terraform" }
  }
}

variable "plain" {}

variable "heredoc" {
  description = <<-EOT
    First line
      indented "quotes" and \backslash
    escaped $${not} and %%{not}

    last
  EOT
  default     = <<EOT
  kept
	tab
EOT
}

variable "object" {
  type = object({
    name = string # a comment { within
    size = optional(number, 3)
    tags = optional(map(string), { a = "b" })
    deep = optional(list(object({ x = optional(string) })), [])
  })
  default = {
    name = "x", size = 2.50
    "tags" : { "a b" = "1", c : "}" }
    deep = [{ x = "1" }, { x = null }]
  }
  nullable  = false
  sensitive = true
  validation {
    condition     = var.object.size > 0 && can(regex("^[a-z]{1,}\"?$", var.object.name)) || alltrue([for k, v in var.object.tags : v != ""])
    error_message = "Bad: ${var.object.name == "" ? "empty \"name\"" : "size ${var.object.size}"}."
  }
}

variable "ünïcode" {
  type        = string
  description = "Größe \u00e9 \U0001F600 \t\\ \"q\""
  default     = "$${literal} %%{literal} $ % $$ {}"
}

variable "untyped" {
  default = { numbers = [1, -2, 1e3, 0.5, 123456789012345678901234567890], "q\"" = { n = null }, (true) = [[]] }
}

variable "one_line" { default = ["a", "b", ] }
variable "empty" { default = {} }
variable "flag" {
  type    = bool
  default = true
}
variable "token" {
  type      = string
  ephemeral = true
  default   = null
}
variable "legacy" { type = any }

locals {
  a = "${var.object["name"]}"
  b = [for s in var.one_line : upper(s) if s != ""]
  c = { for k, v in var.object.tags : k => v... }
  d = var.one_line[*]
  e = var.one_line.*
  f = var.plain == null ? "no" : (
    true
    ? "yes" : "never"
  )
  g = "%{if var.flag}a%{else}b%{endif} %{for x in var.one_line~} ${x} %{~endfor}"
  h = <<-EOT
    ${jsonencode({
  a = "EOT"
})}
    EOT ${var.flag}
    %{for x in var.one_line}
    ${~x~}
    %{endfor}
  EOT
  i = provider::terraform::encode_expr({ a = 1 })
  j = merge({}, [{ a = 1 }, { b = 2 }]...)
  v = lookup(var.object.tags, "none", "x")
  k = -(1 + 2) * 3 % 4 / 5 - -6
  l = !var.flag && (1 <= 2 || 3 >= 4) != (1 < 2 == 3 > 4)
  m = { (var.flag ? "x" : "y") = 1, "${"z"}" = 2, true = 3, 4 = 5 }
  n = var.object.deep[0].x
  o = var.object.deep.0.x
  p = [
    <<A
a
A
    , <<B
b
B
  ]
  q = "a${"b${"c${"}"}"}"}d"
  r = /* a comment */ 1
  s = {}
  t = [
  ]
  u = lookup(
    var.object.tags, # why
    "c",
  )
}

resource "terraform_data" "a" {
  count = length(var.one_line)
  input = var.one_line[count.index]
  lifecycle {
    precondition {
      condition     = length(var.one_line) > 0
      error_message = "no"
    }
  }
  provisioner "local-exec" { command = "true" }
}

data "terraform_remote_state" "r" {
  backend = "local"
  config = { path = "x" }
}

module "child" {
  source = "./modules/child"
  for_each = toset(["a"])
}

output "quoted" {
  value       = "x"
  description = "What \"it\" is."
}

output "secret" {
  value     = var.object
  sensitive = true
}

check "c" {
  assert {
    condition     = length(var.one_line) > 0
    error_message = "never"
  }
}

moved {
  from = terraform_data.b
  to   = terraform_data.a
}
