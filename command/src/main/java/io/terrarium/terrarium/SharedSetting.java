package io.terrarium.terrarium;

/// The settings that are the same on all nodes of active/active ("Add Common Configuration").
enum SharedSetting {
  INSTALL_ID("install_id"),
  ENC_PASSWORD("enc_password"),
  ROOT_SECRET("root_secret"),
  USER_TOKEN("user_token"),
  ARCHIVIST_TOKEN("archivist_token"),
  COOKIE_HASH("cookie_hash"),
  REGISTRY_SESSION_ENCRYPTION_KEY("registry_session_encryption_key"),
  REGISTRY_SESSION_SECRET_KEY("registry_session_secret_key"),
  INTERNAL_API_TOKEN("internal_api_token");

  private final String key;

  SharedSetting(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  String variable() {
    return SettingKey.of(key).flatMap(SettingKey::variable).orElseThrow();
  }
}
