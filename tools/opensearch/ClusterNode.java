import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of a cluster of several processes on loopback: ClusterNode NUMBER HOW_MANY FIRST_HTTP_PORT FIRST_TRANSPORT_PORT FOLDER. */
public class ClusterNode {
    public static void main(String[] given) throws Exception {
        int number = Integer.parseInt(given[0]);
        int many = Integer.parseInt(given[1]);
        int http = Integer.parseInt(given[2]) + number - 1;
        int transport = Integer.parseInt(given[3]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((index, settings) -> {
            settings.put("node.name", "node-" + number);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", String.valueOf(http));
            settings.put("transport.port", String.valueOf(transport + number - 1));
            // The runner would make a single node a cluster of its own.
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", each(many, n -> "127.0.0.1:" + (transport + n - 1)));
            settings.putList("cluster.initial_cluster_manager_nodes", each(many, n -> "node-" + n));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
            settings.put("action.auto_create_index", "false");
        });
        runner.build(newConfigs().clusterName("ovingsbanken-three").numOfNode(1).basePath(given[4]).baseHttpPort(http - 1));
        Thread.currentThread().join();
    }

    private static List<String> each(int many, IntFunction<String> name) {
        return IntStream.rangeClosed(1, many).mapToObj(name).toList();
    }
}
