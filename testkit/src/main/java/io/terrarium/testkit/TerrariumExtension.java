package io.terrarium.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Makes an organization for a test class, and deletes it afterwards.
final class TerrariumExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(TerrariumExtension.class);

  TerrariumExtension() {}

  /// A nested class is at home in the organization of the one around it.
  @Override
  public void beforeAll(ExtensionContext context) {
    if (find(context) == null) {
      Settings settings = Settings.of(context::getConfigurationParameter, System.getenv());
      Access access = SharedMesh.of(settings);
      Organization made =
          Organization.make(access, settings.directory(), context.getRequiredTestClass());
      context.getStore(NAMESPACE).put(Organization.class, made);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Organization ours = context.getStore(NAMESPACE).remove(Organization.class, Organization.class);
    if (ours != null) {
      ours.delete();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Terrarium.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Organization organization = find(context);
    return organization == null ? null : organization.terrarium();
  }

  private static @Nullable Organization find(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Organization.class, Organization.class);
  }
}
