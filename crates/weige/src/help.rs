//! What `--help` says of settings: every variable with the line of the file it stands for, and the file itself.

/// Below the options: what is set without a flag, too.
pub const SETTINGS: &str = "\
Settings:
  Each is a line of the file, a variable, or both; flags win, then variables, then the file.
  A setting nobody knows is an error, and so is a value that cannot be; all of them are told at once.

  WEIGE_CONFIG                       the settings file itself
  WEIGE_LISTEN                       listen = \"127.0.0.1:8080\"
  WEIGE_DATABASE                     database = \"sqlite:DATA/weige.sqlite\" or \"postgres://…\"
  WEIGE_DATA                         data = \"data\"
  WEIGE_LOG                          log = \"warn\", or parts like \"warn,web=debug\"
  WEIGE_TLS                          tls = false; true where browsers reach us by https
  WEIGE_PROXY                        proxy = false; true where a proxy of ours stands in front
  WEIGE_CALL                         call, the number to call for help [none]
  WEIGE_LIMITS__ANONYMOUS            limits.anonymous = \"on\"; \"off\" for tests only
  WEIGE_LIMITS__DEVICE__BURST        limits.device.burst = 3, reports of strangers at once
  WEIGE_LIMITS__DEVICE__PER_HOUR     limits.device.per_hour = 10
  WEIGE_LIMITS__ADDRESS__BURST       limits.address.burst = 60
  WEIGE_LIMITS__ADDRESS__PER_HOUR    limits.address.per_hour = 60
  WEIGE_LIMITS__GRID__BURST          limits.grid.burst = 200, before the rest waits for the desk
  WEIGE_LIMITS__GRID__PER_HOUR       limits.grid.per_hour = 200
  WEIGE_LIMITS__SIGN_INS__BURST      limits.sign_ins.burst = 60, wrong passwords from one address
  WEIGE_LIMITS__SIGN_INS__PER_HOUR   limits.sign_ins.per_hour = 600
  WEIGE_FIGURES__MEMORY              figures.memory = 48, megabytes
  WEIGE_OUTBOX__PRIVATE              outbox.private = false; true for tests and closed networks
  WEIGE_SMS__URL                     sms.url, the gateway of text messages [none]
  WEIGE_SMS__SECRET                  sms.secret = \"whsec_…\", what signs for it [none]

Example of a settings file:
  listen = \"127.0.0.1:8080\"
  data = \"/var/lib/weige\"
  database = \"postgres://weige@localhost/weige\"
  tls = true
  proxy = true
  call = \"028-12345678\"

  [limits]
  grid.per_hour = 300

More: docs/operations.md";
