package io.terrarium.mesh.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a call of [FaultPoints#reach] at the beginning and at each return of the methods by which a
/// process of the mesh does something to the world.
final class FaultTransformer implements ClassFileTransformer {
  private static final ClassDesc POINTS = FaultPoints.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc REACH =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_String);

  /// What a method does to the world.
  private record Deed(String type, String method, String kind) {}

  private static final List<Deed> DEEDS =
      List.of(
          new Deed("org/postgresql/jdbc/PgConnection", "commit", "commit"),
          new Deed("io/terrarium/kernel/amqp/PublishChannel", "send", "send"),
          new Deed("io/terrarium/kernel/amqp/Broker", "publish", "confirmed send"),
          new Deed("io/terrarium/kernel/amqp/Delivery", "ack", "acknowledge"),
          new Deed("io/terrarium/kernel/redis/Redis", "call", "redis command"),
          new Deed("io/terrarium/kernel/redis/Redis", "callAll", "redis command"),
          new Deed("io/terrarium/kernel/redis/Redis", "eval", "redis command"),
          new Deed("io/terrarium/kernel/sidekiq/JobRunner", "run", "job"),
          new Deed("io/terrarium/kernel/client/ServiceClient", "exchange", "call"),
          new Deed("io/terrarium/kernel/client/ServiceClient", "download", "call"),
          new Deed("io/terrarium/kernel/objectstore/ObjectStore", "upload", "store"),
          new Deed("io/terrarium/kernel/objectstore/ObjectStore", "delete", "removal"),
          new Deed("io/terrarium/slugingress/git/GitHost", "fetch", "fetch"),
          new Deed("io/terrarium/slugingress/slug/SlugPacker", "pack", "pack"),
          new Deed("io/terrarium/buildworker/sandbox/Supervisor", "start", "program"));

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (DEEDS.stream().noneMatch(deed -> deed.type().equals(type))) {
      return null;
    }
    try {
      ClassFile classes = ClassFile.of();
      return classes.transformClass(
          classes.parse(bytes),
          (builder, element) -> {
            if (element instanceof MethodModel method) {
              builder.transformMethod(method, transform(type, method.methodName().stringValue()));
            } else {
              builder.with(element);
            }
          });
    } catch (RuntimeException e) {
      // The JVM would go on without the points, and the test would wait for nothing.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
      throw e;
    }
  }

  private static MethodTransform transform(String type, String method) {
    return DEEDS.stream()
        .filter(deed -> deed.type().equals(type) && deed.method().equals(method))
        .findFirst()
        .map(deed -> MethodTransform.transformingCode(around(deed.kind())))
        .orElse(MethodTransform.ACCEPT_ALL);
  }

  private static CodeTransform around(String kind) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        reach(code, kind, "before");
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) {
          reach(code, kind, "after");
        }
        code.with(element);
      }
    };
  }

  private static void reach(CodeBuilder code, String kind, String moment) {
    code.loadConstant(kind).loadConstant(moment).invokestatic(POINTS, "reach", REACH);
  }
}
