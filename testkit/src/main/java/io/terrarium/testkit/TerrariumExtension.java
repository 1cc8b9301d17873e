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

  @Override
  public void beforeAll(ExtensionContext context) {
    organization(context);
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
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return organization(context).terrarium();
  }

  /// A nested class is at home in the organization of the one around it. A class that has one
  /// instance for all its tests asks in its constructor, before [#beforeAll] is called.
  private static Organization organization(ExtensionContext context) {
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    @Nullable Organization found = store.get(Organization.class, Organization.class);
    if (found != null) {
      return found;
    }
    Settings settings = Settings.of(context::getConfigurationParameter, System.getenv());
    Access access = SharedMesh.of(settings);
    Organization made =
        Organization.make(access, settings.directory(), context.getRequiredTestClass());
    store.put(Organization.class, made);
    return made;
  }
}
